package io.binday.platform;

import io.binday.catalog.Catalog;
import io.binday.catalog.CatalogFile;
import io.binday.document.InvalidDocumentException;
import io.binday.job.Jobs;
import io.binday.schedule.Cron;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds the catalog and the jobs: beside the jar where they are, inside it where they are not. */
@Configuration(proxyBeanMethods = false)
class DocumentsConfiguration {

    private static final String BUILT_IN = "io/binday/builtin/";

    @Bean
    Catalog catalog(PlatformSettings settings) throws IOException {
        Optional<Path> file = settings.catalogFile();
        if (file.isPresent()) {
            return CatalogFile.read(file.get().toString(), read(file.get()));
        }
        String text = new ClassPathResource(BUILT_IN + "config/catalog.yml").getContentAsString(StandardCharsets.UTF_8);
        return CatalogFile.read(Catalog.BUILT_IN, text);
    }

    @Bean
    Jobs jobs(PlatformSettings settings) throws IOException {
        Optional<Path> folder = settings.jobsFolder();
        return folder.isPresent() ? beside(folder.get()) : builtIn();
    }

    private static Jobs beside(Path folder) throws IOException {
        Map<String, Supplier<String>> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.toString().endsWith(".yml"))
                    .forEach(file -> files.put(String.valueOf(file.getFileName()), () -> read(file)));
        }
        return new Jobs(folder.toString(), files, Cron::of);
    }

    private static Jobs builtIn() throws IOException {
        Map<String, Supplier<String>> files = new TreeMap<>();
        for (Resource resource :
                new PathMatchingResourcePatternResolver().getResources("classpath:" + BUILT_IN + "jobs/*.yml")) {
            String text = resource.getContentAsString(StandardCharsets.UTF_8);
            files.put(String.valueOf(resource.getFilename()), () -> text);
        }
        return new Jobs(Jobs.BUILT_IN, files, Cron::of);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new InvalidDocumentException(List.of(file + " is not UTF-8"), e);
        } catch (NoSuchFileException e) {
            throw new InvalidDocumentException(List.of(file + " is not there any more, or a link to nothing"), e);
        } catch (AccessDeniedException e) {
            throw new InvalidDocumentException(List.of("cannot read " + file + ": this user may not"), e);
        } catch (IOException e) {
            throw new InvalidDocumentException(List.of("cannot read " + file + ": " + e.getMessage()), e);
        }
    }
}
