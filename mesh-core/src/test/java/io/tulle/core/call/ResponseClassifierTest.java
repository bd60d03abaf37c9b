package io.tulle.core.call;

import static io.tulle.core.call.ResponseClassifier.Class.FAILURE;
import static io.tulle.core.call.ResponseClassifier.Class.IGNORE;
import static io.tulle.core.call.ResponseClassifier.Class.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tulle.api.call.TransportError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResponseClassifierTest {
    @ParameterizedTest
    @CsvSource({
        "200, SUCCESS", "304, SUCCESS", "404, SUCCESS", "428, SUCCESS", "429, IGNORE", "430, SUCCESS", "499, SUCCESS",
        "500, FAILURE", "501, SUCCESS", "502, FAILURE", "503, FAILURE", "504, FAILURE", "505, SUCCESS", "506, FAILURE",
        "599, FAILURE"
    })
    void aStatusSpeaksOfTheServer(int status, ResponseClassifier.Class expected) {
        assertThat(ResponseClassifier.DEFAULT.status(status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(TransportError.class)
    void anErrorIsAFailureUnlessTheCallerCausedIt(TransportError error) {
        boolean ours = error == TransportError.CANCELLED || error == TransportError.LEAKED;
        assertThat(ResponseClassifier.DEFAULT.error(error))
                .isEqualTo(ours ? IGNORE : FAILURE)
                .isNotEqualTo(SUCCESS);
    }
}
