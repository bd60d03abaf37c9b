package io.tulle.registry.contract;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry answered.
 *
 * @param status of HTTP
 * @param headers of the answer
 * @param body as text
 */
public record Answer(int status, HttpHeaders headers, String body) {
    /** Returns the body as a tree. */
    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    /** Returns the text or number at a JSON pointer of the body, as text; empty when there is nothing. */
    public String at(String pointer) {
        return json().at(pointer).asString("");
    }

    /** Returns a header's value, or empty. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Returns the code of a problem. */
    public String code() {
        return at("/code");
    }
}
