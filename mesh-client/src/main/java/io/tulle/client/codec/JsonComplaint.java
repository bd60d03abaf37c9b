package io.tulle.client.codec;

import java.util.regex.Pattern;

/** What a JSON parser says, without what it says about its own settings. */
final class JsonComplaint {
    private static final Pattern SETTING = Pattern.compile("\\s*\\([^()]*(Feature|_[A-Z]+_)[^()]*\\)");
    private static final Pattern SOURCE = Pattern.compile("\\s*\\(start marker at [^()]*\\)");
    private static final Pattern ADVICE = Pattern.compile("[:;,.]?\\s*(enable|use|consider)\\b.*Feature.*");

    private JsonComplaint() {}

    static String of(String message) {
        String plain = SETTING.matcher(message).replaceAll("");
        plain = SOURCE.matcher(plain).replaceAll("");
        plain = ADVICE.matcher(plain).replaceAll("");
        return plain.contains("Feature") || plain.contains("[Source") ? "syntax error" : plain;
    }
}
