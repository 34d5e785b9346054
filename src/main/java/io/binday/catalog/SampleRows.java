package io.binday.catalog;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The made-up content of the sample stack, row by row; every row follows from its number and the size alone. */
final class SampleRows {

    private static final LocalDateTime EPOCH = LocalDateTime.of(2023, 1, 9, 8, 0);
    private static final List<String> LOCALES = List.of("en-us", "de-de");
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");
    private static final List<String> AUTHORS = List.of("ana", "bo", "chidi", "dora", "emre");
    private static final List<String> SUBJECTS =
            List.of("Harbour", "Mountain", "Market", "Workshop", "Team", "Product", "Skyline", "Forest", "Kitchen");
    private static final List<String> KINDS = List.of("hero", "banner", "portrait", "detail", "thumbnail", "diagram");
    private static final List<String> TYPES = List.of("image/jpeg", "image/png", "image/webp", "application/pdf");
    private static final List<String> CONTENT_TYPES = List.of("article", "product_page", "landing_page", "event");
    /** Every sixth asset is used by nothing, as in a stack that has been in use for years. */
    private static final int UNUSED = 6;

    private final int assets;
    private final int folders;
    private final int entries;

    SampleRows(int assets) {
        if (assets < 12 || assets > 10_000_000) {
            throw new IllegalArgumentException("a sample must have 12 to 10000000 assets but was asked for " + assets);
        }
        this.assets = assets;
        this.folders = Math.max(4, assets / 60);
        this.entries = assets / 3;
    }

    /** The tables in the order in which their foreign keys let them be filled. */
    enum Table {
        ASSET_FOLDER("uid, name, parent_uid"),
        ASSET("uid, title, file_name, content_type, file_size, file_key, folder_uid, tags, version, created_at,"
                + " created_by, updated_at, updated_by"),
        ENTRY("uid, locale, content_type, title, version, updated_at, updated_by"),
        ENTRY_ASSET_REFERENCE("entry_uid, locale, field_path, position, asset_uid"),
        ENVIRONMENT("name, url"),
        ASSET_PUBLICATION("asset_uid, environment, locale, version, published_at, published_by");

        private final String columns;

        Table(String columns) {
            this.columns = columns;
        }

        String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }

        String insert() {
            int count = columns.split(",", -1).length;
            return "INSERT INTO %s (%s) VALUES (%s)"
                    .formatted(sqlName(), columns, String.join(", ", Collections.nCopies(count, "?")));
        }
    }

    Iterator<Object[]> of(Table table) {
        return switch (table) {
            case ASSET_FOLDER ->
                IntStream.range(0, folders).mapToObj(this::folder).iterator();
            case ASSET -> IntStream.range(0, assets).mapToObj(this::asset).iterator();
            case ENTRY ->
                IntStream.range(0, entries).boxed().flatMap(this::entry).iterator();
            case ENTRY_ASSET_REFERENCE ->
                IntStream.range(0, entries).boxed().flatMap(this::references).iterator();
            case ENVIRONMENT ->
                ENVIRONMENTS.stream()
                        .map(name -> new Object[] {name, "https://" + name + ".stack.example"})
                        .iterator();
            case ASSET_PUBLICATION ->
                IntStream.range(0, assets).boxed().flatMap(this::publications).iterator();
        };
    }

    /** The ID of an asset by its number; a fixed mixing of the number, so that IDs look and sort like random ones. */
    static String assetId(int number) {
        return uid("asset", number);
    }

    private static String uid(String kind, int number) {
        long mixed = new Random(number * 31L + kind.hashCode()).nextLong();
        return "blt%016x".formatted(mixed);
    }

    private static Random random(String table, int number) {
        return new Random(number * 1_000_003L + table.hashCode());
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private Object[] folder(int i) {
        String parent = i < 4 ? null : uid("folder", (i - 4) / 3);
        return new Object[] {uid("folder", i), SUBJECTS.get(i % SUBJECTS.size()) + " " + (2019 + i % 7), parent};
    }

    private Object[] asset(int i) {
        Random random = random("asset", i);
        String subject = pick(SUBJECTS, random);
        String kind = pick(KINDS, random);
        String type = pick(TYPES, random);
        String file =
                (subject + "-" + kind + "-" + i).toLowerCase(Locale.ROOT) + "." + type.substring(type.indexOf('/') + 1);
        LocalDateTime created = EPOCH.plusMinutes(random.nextInt(1_400_000));
        LocalDateTime updated = created.plusMinutes(random.nextInt(200_000));
        return new Object[] {
            assetId(i),
            subject + " " + kind + " " + i,
            file,
            type,
            20_000L + random.nextInt(4_000_000),
            assetId(i) + "/" + file,
            uid("folder", random.nextInt(folders)),
            random.nextInt(3) == 0 ? null : subject.toLowerCase(Locale.ROOT) + "," + kind,
            1 + random.nextInt(9),
            created,
            pick(AUTHORS, random),
            updated,
            pick(AUTHORS, random)
        };
    }

    private Stream<Object[]> entry(int i) {
        Random random = random("entry", i);
        String type = pick(CONTENT_TYPES, random);
        String subject = pick(SUBJECTS, random);
        return LOCALES.stream().map(locale -> new Object[] {
            uid("entry", i),
            locale,
            type,
            subject + " " + type.replace('_', ' ') + " " + i,
            1 + random.nextInt(20),
            EPOCH.plusMinutes(random.nextInt(1_700_000)),
            pick(AUTHORS, random)
        });
    }

    private Stream<Object[]> references(int i) {
        Random random = random("reference", i);
        List<Object[]> rows = new ArrayList<>();
        for (String locale : LOCALES) {
            rows.add(reference(i, locale, "hero.image", 0, random));
            rows.add(reference(i, locale, "seo.og_image", 0, random));
            int gallery = 1 + random.nextInt(6);
            for (int position = 0; position < gallery; position++) {
                rows.add(reference(i, locale, "gallery.images", position, random));
            }
            if (random.nextInt(4) != 0) {
                rows.add(reference(i, locale, "body.embedded_assets", 0, random));
            }
        }
        return rows.stream();
    }

    private Object[] reference(int entry, String locale, String path, int position, Random random) {
        return new Object[] {uid("entry", entry), locale, path, position, assetId(usedAsset(random))};
    }

    private int usedAsset(Random random) {
        int number = random.nextInt(assets);
        return number % UNUSED == 0 ? (number + 1) % assets : number;
    }

    private Stream<Object[]> publications(int i) {
        Random random = random("publication", i);
        List<Object[]> rows = new ArrayList<>();
        int environments = i % UNUSED == 0 ? 0 : random.nextInt(4);
        for (String environment : ENVIRONMENTS.subList(0, Math.min(environments, 3))) {
            for (String locale : LOCALES.subList(0, 1 + random.nextInt(2))) {
                rows.add(new Object[] {
                    assetId(i),
                    environment,
                    locale,
                    1 + random.nextInt(9),
                    EPOCH.plusMinutes(1_000_000 + random.nextInt(700_000)),
                    pick(AUTHORS, random)
                });
            }
        }
        return rows.stream();
    }
}
