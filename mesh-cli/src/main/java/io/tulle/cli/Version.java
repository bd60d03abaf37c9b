package io.tulle.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar; {@code development} outside of one. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = MeshCommand.class.getPackage().getImplementationVersion();
        return new String[] {"mesh " + (version == null ? "development" : version)};
    }
}
