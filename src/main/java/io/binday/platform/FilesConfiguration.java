package io.binday.platform;

import io.binday.catalog.Catalog;
import io.binday.catalog.CatalogFile;
import io.binday.job.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.json.JsonMapper;

/** Finds the catalog and the jobs: beside the jar where they are, inside it where they are not. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    private static final String BUILT_IN = "io/binday/builtin/";

    @Bean
    JsonMapper jsonMapper() {
        return JsonMapper.shared();
    }

    @Bean
    Catalog catalog(PlatformSettings settings) throws IOException {
        Path file = settings.catalog();
        if (Files.exists(file)) {
            return CatalogFile.read(file.toString(), read(file));
        }
        String text = new ClassPathResource(BUILT_IN + "config/catalog.yml").getContentAsString(StandardCharsets.UTF_8);
        return CatalogFile.read("the built-in catalog", text);
    }

    @Bean
    Jobs jobs(PlatformSettings settings) throws IOException {
        Path folder = settings.jobs();
        return Files.isDirectory(folder) ? beside(folder) : builtIn();
    }

    private static Jobs beside(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> jobs = all.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
            for (Path file : jobs) {
                files.put(String.valueOf(file.getFileName()), read(file));
            }
        }
        return new Jobs(folder.toString(), files);
    }

    private static Jobs builtIn() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Resource resource :
                new PathMatchingResourcePatternResolver().getResources("classpath:" + BUILT_IN + "jobs/*.yml")) {
            files.put(String.valueOf(resource.getFilename()), resource.getContentAsString(StandardCharsets.UTF_8));
        }
        return new Jobs("the built-in jobs", files);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
