package io.tulle.proofs.states;

import io.tulle.proofs.fault.Fault;
import io.tulle.proofs.fault.FaultProxy;
import io.tulle.proofs.fault.LyingRegistry;

/**
 * What stands between the shop and its registry: shop, fault proxy, liar, registry. Whatever is changed here, the address that the shop knows stays the same.
 *
 * @param registry the real one
 * @param liar passes on what the registry says, or something else
 * @param proxy passes on bytes, or spoils them
 */
record Stage(RegistryControl registry, LyingRegistry liar, FaultProxy proxy) implements AutoCloseable {
    static Stage before(RegistryControl registry) {
        LyingRegistry liar = LyingRegistry.before(registry.uri());
        return new Stage(registry, liar, FaultProxy.to(liar.uri().getPort()));
    }

    /** Puts a fault in force, for connections that are open, too. */
    void faulty(Fault fault) {
        proxy.fault(fault);
    }

    /** Makes everything well again; connections that were spoilt are cut. */
    void recover() {
        proxy.fault(Fault.NONE);
        liar.repent();
        proxy.cut();
    }

    @Override
    public void close() {
        proxy.close();
        liar.close();
        registry.close();
    }
}
