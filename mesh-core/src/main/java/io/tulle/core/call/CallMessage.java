package io.tulle.core.call;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Verdict;
import io.tulle.core.snapshot.Endpoint;
import org.jspecify.annotations.Nullable;

/** What a caller is told of a call that ended without a response: what happened, where, and what was known. */
final class CallMessage {
    private final CallView call;

    CallMessage(CallView call) {
        this.call = call;
    }

    String text(@Nullable Attempt shown, int endpoints, boolean budgetSpent) {
        StringBuilder text = new StringBuilder(call.service());
        if (!call.subset().isEmpty()) {
            text.append(" subset ").append(call.subset());
        }
        text.append(": ").append(explanation(endpoints));
        Endpoint endpoint = shown == null ? null : shown.endpoint();
        if (shown != null && endpoint != null) {
            appendAttempts(text, shown, endpoint);
        }
        if (budgetSpent) {
            text.append("; the retry budget is spent");
        }
        if (call.panic()) {
            text.append("; health was ignored (panic): too few endpoints are healthy");
        }
        return text.toString();
    }

    private void appendAttempts(StringBuilder text, Attempt shown, Endpoint endpoint) {
        int made = call.attempts();
        text.append("; ").append(made).append(made == 1 ? " attempt, " : " attempts, ");
        if (shown.number() < made) { // hedged: the last to be sent was not the last to fail
            text.append("number ").append(shown.number()).append(' ');
        } else if (made > 1) {
            text.append("the last ");
        }
        text.append("at ");
        text.append(endpoint);
        Outcome outcome = shown.outcome();
        if (outcome != null && outcome.error() != null) {
            text.append(": ").append(outcome.error());
        }
    }

    private String explanation(int endpoints) {
        Verdict verdict = call.verdict();
        if (verdict == null) {
            return "in progress";
        }
        return switch (verdict) {
            case SUCCESS -> "ended well";
            case FAILED_RESPONSE -> "the response failed";
            case FAILED -> "no attempt brought a response";
            case DEADLINE_EXCEEDED ->
                call.attempts() == 0
                        ? "the deadline has passed before this request was sent"
                                + (endpoints == 0 ? "; no instance is known" : "")
                        : "the deadline has passed after " + (call.endNanos() - call.startNanos()) / 1_000_000 + " ms";
            case CANCELLED -> "cancelled";
            case UNKNOWN_SERVICE -> "not known";
            case NO_ENDPOINTS -> "no instance is known";
            case NO_HEALTHY_ENDPOINT -> "all " + endpoints + " endpoints are ejected and the panic rule is off";
            case OVERLOADED -> "the endpoints picked are at their concurrency limit (" + endpoints + " endpoints)";
            case BREAKER_OPEN -> "the service breaker is open";
        };
    }
}
