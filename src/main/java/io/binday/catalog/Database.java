package io.binday.catalog;

/**
 * The database in use.
 *
 * @param place where it is, for a person: no user and no password
 */
public record Database(Dialect dialect, String place) {

    /**
     * The database behind a JDBC URL.
     *
     * @throws IllegalArgumentException when it is neither MySQL nor H2
     */
    public static Database ofUrl(String url) {
        Dialect dialect = Dialect.ofUrl(url);
        String bare = url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
        return switch (dialect) {
            case MYSQL -> new Database(dialect, "MySQL " + bare.substring("jdbc:mysql://".length()));
            case H2 ->
                new Database(
                        dialect,
                        "embedded " + bare.substring("jdbc:h2:".length()).replaceFirst("^file:", ""));
        };
    }

    public boolean embedded() {
        return dialect == Dialect.H2;
    }
}
