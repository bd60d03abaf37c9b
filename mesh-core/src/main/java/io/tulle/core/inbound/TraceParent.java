package io.tulle.core.inbound;

/** What a {@code traceparent} looks like: W3C Trace Context, section 3.2. */
final class TraceParent {
    private static final int LENGTH = 55; // 00-<32 hex>-<16 hex>-<2 hex>
    private static final int LONGEST = 512;

    private TraceParent() {}

    /** Returns whether {@code value} is one; those of later versions may go on after another dash. */
    static boolean valid(String value) {
        if (value.length() < LENGTH || value.length() > LONGEST) {
            return false;
        }
        boolean first = value.startsWith("00");
        boolean ends = value.length() == LENGTH || !first && value.charAt(LENGTH) == '-' && visible(value);
        return ends
                && !value.startsWith("ff")
                && hex(value, 0, 2)
                && value.charAt(2) == '-'
                && id(value, 3, 35)
                && value.charAt(35) == '-'
                && id(value, 36, 52)
                && value.charAt(52) == '-'
                && hex(value, 53, LENGTH);
    }

    /** Hexadecimal and not all zeros. */
    private static boolean id(String value, int from, int to) {
        boolean something = false;
        for (int i = from; i < to; i++) {
            something |= value.charAt(i) != '0';
        }
        return something && hex(value, from, to);
    }

    private static boolean hex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean visible(String value) {
        return value.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
