package io.tulle.registry.http;

import io.javalin.http.Context;
import io.tulle.client.codec.InvalidFileException;
import io.tulle.client.codec.JsonRecords;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The record in the body of a request that a process sends: JSON, whose fields may be newer than this registry. Stateless. */
final class RecordBody {
    private RecordBody() {}

    /**
     * Returns the record.
     *
     * @throws ProblemException 400, 415 or 422
     */
    static <T extends Record> T read(Context context, Class<T> type) {
        String contentType = context.contentType();
        String media =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json")) {
            throw new ProblemException(
                    415,
                    "unsupported-media-type",
                    (contentType == null ? "no Content-Type" : "Content-Type '" + contentType + "'")
                            + " (expected: application/json)",
                    List.of(),
                    Map.of("Accept-Post", "application/json"));
        }
        try {
            return JsonRecords.read(type, "body", context.body());
        } catch (InvalidFileException e) {
            throw ResourceBody.problem(e);
        }
    }

    /** Answers with a record. */
    static void answer(Context context, int status, Record record) {
        context.status(status).contentType("application/json").result(JsonRecords.write(record));
    }
}
