package io.binday.run;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Work items on their way into the database, in ascending order of their lines.
 *
 * @param json those that are pending, as one parameter of a statement: {@code [[line, [asset ID, asset ID of the next line, …]],
 *     …]}; empty where they are not inserted so
 */
record WorkItemBatch(List<WorkItem> items, Optional<String> json) {

    static WorkItemBatch of(List<WorkItem> items) {
        return new WorkItemBatch(items, Optional.empty());
    }

    /** Writing takes as long as reading, so it is done where the items are read, beside the thread that inserts. */
    static WorkItemBatch asJson(List<WorkItem> items) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
            json.writeStartArray();
            long next = -1;
            for (WorkItem item : items) {
                if (item.rejection().isPresent()) {
                    continue;
                }
                if (item.seq() != next) {
                    endStretch(json, next);
                    json.writeStartArray().writeNumber(item.seq()).writeStartArray();
                }
                json.writeString(item.assetId());
                next = item.seq() + 1;
            }
            endStretch(json, next);
            json.writeEndArray();
        }
        return new WorkItemBatch(items, Optional.of(text.toString()));
    }

    private static void endStretch(JsonGenerator json, long next) {
        if (next >= 0) {
            json.writeEndArray().writeEndArray();
        }
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    long firstLine() {
        return items.get(0).seq();
    }

    long lastLine() {
        return items.get(items.size() - 1).seq();
    }

    List<WorkItem> rejected() {
        return items.stream().filter(item -> item.rejection().isPresent()).toList();
    }
}
