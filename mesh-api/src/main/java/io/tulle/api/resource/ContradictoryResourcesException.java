package io.tulle.api.resource;

import io.tulle.api.MeshException;
import java.util.List;
import java.util.stream.Collectors;

/** Resources that are valid each by itself do not fit together; {@link #problems} has every contradiction. */
public class ContradictoryResourcesException extends MeshException {
    private static final long serialVersionUID = 1L;

    private final transient List<ResourceProblem> problems;

    /** Creates the exception for at least one problem. */
    public ContradictoryResourcesException(List<ResourceProblem> problems) {
        super(problems.stream().map(ResourceProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Returns every contradiction. */
    public List<ResourceProblem> problems() {
        return problems;
    }
}
