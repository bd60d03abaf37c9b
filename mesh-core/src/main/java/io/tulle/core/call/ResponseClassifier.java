package io.tulle.core.call;

import io.tulle.api.call.TransportError;

/** Makes success, failure or nothing of the facts that a driver reports. Thread-safe, without state. */
public interface ResponseClassifier {
    /** What a fact says about the endpoint that it came from. */
    enum Class {
        /** It works. */
        SUCCESS,
        /** It does not. */
        FAILURE,
        /** Nothing. */
        IGNORE
    }

    /**
     * The field's convention: a status of 500 and above is a failure except 501 (not implemented) and 505 (version not supported), which speak of the
     * request; 429 says nothing about health. Every transport error is a failure except cancellation and a response that the application leaked.
     */
    ResponseClassifier DEFAULT = new ResponseClassifier() {
        @Override
        public Class status(int status) {
            if (status == 429) {
                return Class.IGNORE;
            }
            return status >= 500 && status != 501 && status != 505 ? Class.FAILURE : Class.SUCCESS;
        }

        @Override
        public Class error(TransportError error) {
            return error == TransportError.CANCELLED || error == TransportError.LEAKED ? Class.IGNORE : Class.FAILURE;
        }
    };

    /** Classifies a response by its status. */
    Class status(int status);

    /** Classifies an attempt that ended without a complete response. */
    Class error(TransportError error);
}
