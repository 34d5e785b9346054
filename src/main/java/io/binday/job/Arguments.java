package io.binday.job;

import io.binday.job.JobDefinition.Input.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fits what an operator gave to the parameters that a query has. */
public final class Arguments {

    private Arguments() {}

    /**
     * The values to bind, by parameter.
     *
     * @throws IllegalArgumentException naming every argument that is missing, unknown or mistyped
     */
    public static Map<String, Object> bind(Query query, Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> bound = new LinkedHashMap<>();
        for (Parameter parameter : query.parameters()) {
            Optional<String> value =
                    Optional.ofNullable(given.get(parameter.name())).or(parameter::whenMissing);
            try {
                bound.put(
                        parameter.name(),
                        parameter.parse(value.orElseThrow(() -> new IllegalArgumentException("parameter "
                                + parameter.name() + " is required: --param " + parameter.name() + "=VALUE"
                                + parameter.explanation()))));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        for (String name : given.keySet()) {
            if (query.parameters().stream()
                    .noneMatch(parameter -> parameter.name().equals(name))) {
                problems.add("there is no parameter " + name + "; known: " + names(query));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return bound;
    }

    private static String names(Query query) {
        return query.parameters().isEmpty()
                ? "none"
                : query.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
    }
}
