package io.tulle.core.lincheck;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/**
 * A call fails while others open the breaker, try, close it, and fail once more: one failure in the new closed phase, and not two. Random scenarios
 * are seldom that long.
 */
final class LateOutcome {
    private LateOutcome() {}

    static ExecutionScenario scenario(Class<?> checked) {
        List<Actor> late = List.of(of(checked, "admit", 1), of(checked, "complete", 1, false));
        List<Actor> others = List.of(
                of(checked, "admit", 2),
                of(checked, "complete", 2, false),
                of(checked, "complete", 2, false),
                of(checked, "admit", 2),
                of(checked, "complete", 2, true),
                of(checked, "admit", 2),
                of(checked, "complete", 2, false));
        return new ExecutionScenario(List.of(), List.of(late, others), List.of(of(checked, "state")), null);
    }

    private static Actor of(Class<?> checked, String operation, Object... arguments) {
        Method method = Arrays.stream(checked.getMethods())
                .filter(each -> each.getName().equals(operation))
                .findFirst()
                .orElseThrow();
        return new Actor(method, List.of(arguments));
    }
}
