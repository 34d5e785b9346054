package io.binday.catalog;

import java.util.Optional;

/**
 * A table of the CMS, as the database spells it.
 *
 * @param schema empty for the schema that the connection is in
 */
public record TableName(Optional<String> schema, String name) {

    /** A table of the connection's schema. */
    public static TableName of(String name) {
        return new TableName(Optional.empty(), name);
    }

    /** For a statement. */
    public String quoted() {
        return schema.map(part -> Dialect.quote(part) + ".").orElse("") + Dialect.quote(name);
    }

    /** Whether both mean one table; some servers do not tell upper case from lower case, and none has two such tables by design. */
    boolean isSame(TableName other) {
        return name.equalsIgnoreCase(other.name) && schema.orElse("").equalsIgnoreCase(other.schema.orElse(""));
    }

    /** For a person. */
    @Override
    public String toString() {
        return schema.map(part -> part + ".").orElse("") + name;
    }
}
