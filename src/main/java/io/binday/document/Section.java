package io.binday.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A YAML mapping, read by asking for its keys.
 *
 * <p>Nothing throws while reading: what is missing, mistyped, duplicated or never asked for is noted in the
 * {@link Problems} of the document, and a placeholder is returned so that reading goes on. Anchors and aliases are
 * refused. Not thread-safe.
 */
public final class Section {

    private static final int DEEPEST = 20;

    private final String path;
    private final int line;
    private final Problems problems;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Section> children = new ArrayList<>();

    private Section(String path, Node node, Problems problems) {
        this.path = path;
        this.line = lineOf(node);
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::remember);
        } else {
            problems.add(
                    line, (path.isEmpty() ? "the document" : strip(path)) + " must be a mapping of keys to values");
        }
    }

    /**
     * Parses one document.
     *
     * @throws InvalidDocumentException when it is not YAML or is empty
     */
    public static Section parse(String document, String yaml, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        // Nothing is ever expanded here, and an anchor is refused with its line.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        try {
            Node node = new Yaml(options).compose(new StringReader(yaml));
            if (node == null) {
                throw new InvalidDocumentException(List.of(document + ":1: the file is empty"));
            }
            return new Section("", node, problems);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidDocumentException(List.of(document + ":" + line + ": not valid YAML: " + what(e)), e);
        } catch (ReaderException e) {
            long line = 1
                    + yaml.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            throw new InvalidDocumentException(
                    List.of("%s:%d: the character U+%04X may not stand in YAML"
                            .formatted(document, line, e.getCodePoint())),
                    e);
        } catch (YAMLException e) {
            throw new InvalidDocumentException(
                    List.of(document + ":" + tooDeep(yaml) + ": not valid YAML: " + firstLine(e)), e);
        }
    }

    /** What the parser did not expect, and, where that is more telling, what it was reading and since which line. */
    private static String what(MarkedYAMLException e) {
        String context = e.getContext();
        if (context == null || e.getContextMark() == null) {
            return e.getProblem();
        }
        return context.startsWith("while ")
                ? e.getProblem() + " " + context + " that begins on line "
                        + (e.getContextMark().getLine() + 1)
                : context + ", " + e.getProblem();
    }

    /** The line on which a document is nested too deep; 1 when it is not. */
    private static int tooDeep(String yaml) {
        int depth = 0;
        for (Event event : new Yaml().parse(new StringReader(yaml))) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > DEEPEST) {
                return event.getStartMark().getLine() + 1;
            }
        }
        return 1;
    }

    private void remember(NodeTuple tuple) {
        String written = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        String key = written.isBlank() ? "'" + written + "'" : written;
        int at = lineOf(tuple.getKeyNode());
        if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
            problems.add(at, path + key + " is given twice, first on line " + lines.get(key));
        }
        lines.putIfAbsent(key, at);
        if (tuple.getValueNode().getAnchor() != null) {
            problems.add(at, path + key + " uses a YAML anchor; anchors and aliases are not supported");
        }
    }

    /** The keys of this section in the order they are written. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Notes a problem of a key's value, at its line. */
    public void problem(String key, String text) {
        problems.add(lines.getOrDefault(key, line), path + key + " " + text);
    }

    /** A text that may be missing. */
    public Optional<String> text(String key) {
        return scalar(key).map(ScalarNode::getValue);
    }

    /** A text that must be there and not blank; otherwise noted and empty. */
    public String requiredText(String key) {
        Optional<String> value = text(key);
        if (value.isEmpty() || value.get().isBlank()) {
            problem(key, "is required");
        }
        return value.orElse("");
    }

    /** A whole number within bounds, or the default when it is missing. */
    public long number(String key, long whenMissing, long min, long max) {
        Optional<ScalarNode> node = scalar(key);
        if (node.isEmpty()) {
            return whenMissing;
        }
        String value = node.get().getValue();
        try {
            long number = Long.parseLong(value.replace("_", ""));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the range: the same sentence helps in both cases
        }
        problem(key, "must be a whole number from " + min + " to " + max + " but was '" + value + "'");
        return whenMissing;
    }

    /** One of the constants of an enum, written in lower case with hyphens; noted when it is none of them. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E whenMissing) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return whenMissing;
        }
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(value.get())) {
                return constant;
            }
            known.add(name);
        }
        problem(key, "must be one of " + String.join(", ", known) + " but was '" + value.get() + "'");
        return whenMissing;
    }

    /** A nested section that may be missing. */
    public Optional<Section> section(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).map(node -> child(path + key + ".", node));
    }

    /** A list of nested sections; empty when the key is missing. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Node item : items(key)) {
            sections.add(child(path + key + "[" + sections.size() + "].", item));
        }
        return sections;
    }

    /** A list of texts, or a single one; empty when the key is missing. */
    public List<String> oneOrMore(String key) {
        return entries.get(key) instanceof SequenceNode
                ? texts(key)
                : scalar(key).map(ScalarNode::getValue).stream().toList();
    }

    /** A list of texts; empty when the key is missing. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                problem(key, "must be a list of texts");
            }
        }
        return texts;
    }

    /** Notes every key of this section and those below that nobody asked for: usually a misspelling. */
    public void refuseUnknownKeys() {
        for (String key : entries.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "is not a known key; known here: " + String.join(", ", asked));
            }
        }
        children.forEach(Section::refuseUnknownKeys);
    }

    private Section child(String childPath, Node node) {
        Section child = new Section(childPath, node, problems);
        children.add(child);
        return child;
    }

    private List<Node> items(String key) {
        asked.add(key);
        Node node = entries.get(key);
        if (node == null || Tag.NULL.equals(node.getTag())) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(key, "must be a list");
        return List.of();
    }

    private Optional<ScalarNode> scalar(String key) {
        asked.add(key);
        Node node = entries.get(key);
        if (node == null || Tag.NULL.equals(node.getTag())) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        problem(key, "must be a single value");
        return Optional.empty();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String strip(String dotted) {
        return dotted.endsWith(".") ? dotted.substring(0, dotted.length() - 1) : dotted;
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
