package io.binday.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What a benchmark found: for each measurement the ratio to what it is compared with, as a table and as JSON. */
final class BenchReport {

    private final List<Line> lines = new ArrayList<>();

    /**
     * One measurement.
     *
     * @param ratio the median over the rounds of the other's time divided by the product's: more than 1 is faster
     * @param least the smallest of these ratios
     * @param most the largest of these ratios
     * @param perSecond assets a second of the product, the median
     * @param microsPerAsset what one asset costs the product, the median
     * @param peakHeapMegabytes most heap that the product had in use when a collection began
     */
    record Line(
            String what,
            int assets,
            String comparedWith,
            double ratio,
            double least,
            double most,
            long perSecond,
            double microsPerAsset,
            long peakHeapMegabytes) {}

    /** Seconds of one round. */
    record Round(double other, double product, long peakHeap) {

        double ratio() {
            return other / product;
        }
    }

    void add(String what, int assets, String comparedWith, List<Round> rounds) {
        List<Double> ratios = rounds.stream().map(Round::ratio).sorted().toList();
        double seconds = median(rounds.stream().map(Round::product).toList());
        lines.add(new Line(
                what,
                assets,
                comparedWith,
                median(ratios),
                ratios.get(0),
                ratios.get(ratios.size() - 1),
                Math.round(assets / seconds),
                seconds * 1e6 / assets,
                rounds.stream().mapToLong(Round::peakHeap).max().orElse(0) >> 20));
        System.out.println(text(lines.get(lines.size() - 1)));
    }

    private static String text(Line line) {
        return String.format(
                Locale.ROOT,
                "%-8s %,9d assets: %.2f of %s (%.2f to %.2f); %,d assets/s, %.0f µs each; peak heap %d MB",
                line.what,
                line.assets,
                line.ratio,
                line.comparedWith,
                line.least,
                line.most,
                line.perSecond,
                line.microsPerAsset,
                line.peakHeapMegabytes);
    }

    void write(Path file) throws IOException {
        System.out.println("All ratios (more than 1 is faster than what it is compared with):");
        lines.forEach(line -> System.out.println(text(line)));
        Files.writeString(file, JsonMapper.shared().writeValueAsString(lines));
        System.out.println("Also in " + file);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
