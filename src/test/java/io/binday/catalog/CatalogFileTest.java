package io.binday.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binday.catalog.Reference.OnRestore;
import io.binday.document.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogFileTest {

    @Test
    void refusesAssetsThatLieInAssets() {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> CatalogFile.read("catalog.yml", """
                        name: own
                        asset: {table: file, id: id, parent: {column: folder, table: file, key: id}}
                        references: []
                        """))
                .withMessageContaining("catalog.yml:2: asset.parent must be another table than that of the assets");
    }

    @Test
    void readsTheShippedCatalog() throws IOException {
        Catalog catalog = CatalogFile.read("catalog.yml", Files.readString(Path.of("config/catalog.yml")));

        assertThat(catalog.asset().table()).hasToString("asset");
        assertThat(catalog.asset()
                        .idPattern()
                        .orElseThrow()
                        .matcher("blt0123456789abcdef")
                        .matches())
                .isTrue();
        assertThat(catalog.references())
                .extracting(Reference::name)
                .containsExactly("entry_asset_reference", "asset_publication");
        assertThat(catalog.references().get(1).onRestore()).isEqualTo(OnRestore.DROP);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        String yaml = """
                name: broken
                asset:
                  table: asset
                  id-pattern: "blt["
                references:
                  - table: r
                    asset: a
                    detach: forget
                  - table: r
                    asset: b
                    colour: blue
                """;

        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> CatalogFile.read("catalog.yml", yaml))
                .withMessageContaining("catalog.yml:3: asset.id is required")
                .withMessageContaining("catalog.yml:4: asset.id-pattern is not a regular expression")
                .withMessageContaining(
                        "catalog.yml:8: references[0].detach must be one of delete-row, set-null, json-remove but was 'forget'")
                .withMessageContaining("catalog.yml:5: references call two of them, or one and the asset table, 'r'")
                .withMessageContaining("catalog.yml:11: references[1].colour is not a known key");
    }
}
