package io.tulle.cli.admin;

import java.util.List;

/** The commands that speak with a registry. */
public final class AdminCommands {
    private AdminCommands() {}

    /** Returns one of each, for a run of the command, in the order of the help. */
    public static List<Object> all(Console console) {
        return List.of(
                new RegistryCommand(),
                new ApplyCommand(console),
                new DiffCommand(console),
                new GetCommand(),
                new DescribeCommand(),
                new DeleteCommand(console),
                new WatchCommand(),
                new HistoryCommand(),
                new RollbackCommand(),
                new DrainCommand(),
                new ClientsCommand(),
                new StatusCommand());
    }
}
