package io.tulle.api.context;

import java.util.List;
import java.util.ServiceLoader;

/** The providers on the class path, found once. */
final class ContextProviders {
    private static final List<CallContext.Provider> FOUND =
            ServiceLoader.load(CallContext.Provider.class, CallContext.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private ContextProviders() {}

    static CallContext current() {
        for (int i = 0; i < FOUND.size(); i++) { // no iterator: this is on the call path
            CallContext context = FOUND.get(i).current();
            if (context != null) {
                return context;
            }
        }
        return CallContext.NONE;
    }
}
