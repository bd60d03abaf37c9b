package io.tulle.core.call;

import io.tulle.api.call.Outcome;
import io.tulle.api.call.Verdict;
import io.tulle.core.snapshot.Endpoint;
import org.jspecify.annotations.Nullable;

/** What a caller is told of a call that ended without a response: what happened, where, and what was known. */
final class CallMessage {
    private final CallMachine call;

    CallMessage(CallMachine call) {
        this.call = call;
    }

    String text(@Nullable Attempt last, int endpoints, boolean budgetSpent) {
        StringBuilder text = new StringBuilder(call.service());
        if (!call.subset().isEmpty()) {
            text.append(" subset ").append(call.subset());
        }
        text.append(": ").append(explanation(endpoints));
        Endpoint endpoint = last == null ? null : last.endpoint();
        if (last != null && endpoint != null) {
            appendAttempts(text, last, endpoint);
        }
        if (budgetSpent) {
            text.append("; the retry budget is spent");
        }
        if (call.panic()) {
            text.append("; health was ignored (panic): too few endpoints are healthy");
        }
        return text.toString();
    }

    private static void appendAttempts(StringBuilder text, Attempt last, Endpoint endpoint) {
        text.append("; ")
                .append(last.number())
                .append(last.number() == 1 ? " attempt, at " : " attempts, the last at ");
        text.append(endpoint);
        Outcome outcome = last.outcome();
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
                "the deadline has passed after " + (call.endNanos() - call.startNanos()) / 1_000_000 + " ms";
            case CANCELLED -> "cancelled";
            case UNKNOWN_SERVICE -> "not known";
            case NO_ENDPOINTS -> "no instance is known";
            case NO_HEALTHY_ENDPOINT -> "all " + endpoints + " endpoints are ejected and the panic rule is off";
            case OVERLOADED -> "the endpoints picked are at their concurrency limit (" + endpoints + " endpoints)";
            case BREAKER_OPEN -> "the service breaker is open";
        };
    }
}
