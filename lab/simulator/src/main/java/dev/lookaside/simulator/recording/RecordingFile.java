package dev.lookaside.simulator.recording;

import dev.lookaside.simulator.trace.TraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a recording: lines that begin with {@code #} are notes, the first other line names the
 * columns, and every other line is a call or a look at a load. A mistake is told with its line and
 * column.
 */
public record RecordingFile(Path file) {
  static final long MAX_BYTES = 256L << 20;
  private static final List<String> COLUMNS =
      List.of(
          "kind",
          "time",
          "endpoint",
          "latency",
          "ending",
          "dating",
          "condition",
          "weight",
          "capacity",
          "in_flight",
          "utilization");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();

  public Recording read() throws TraceException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TraceException(
            file + ": the file is larger than 256 MiB (expected: a recording)");
      }
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        return read(lines);
      }
    } catch (NoSuchFileException e) {
      throw new TraceException(
          file + ": there is no such file (expected: what \"record\" wrote)", e);
    } catch (CharacterCodingException e) {
      throw new TraceException(file + ": is not text in UTF-8 (expected: a recording)", e);
    } catch (IOException e) {
      throw new TraceException(
          file + ": cannot be read: " + e.getMessage() + " (expected: a recording)", e);
    }
  }

  private Recording read(BufferedReader lines) throws IOException, TraceException {
    RecordingNotes notes = new RecordingNotes();
    RecordingRows rows = new RecordingRows();
    boolean named = false;
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      try {
        if (line.startsWith("#")) {
          notes.add(line);
        } else if (!line.isBlank()) {
          if (number == 1) {
            throw new IllegalArgumentException(
                "is no recording (expected: a first line '# lookaside trace: 1'; to replay"
                    + " arrivals of another kind, name a scenario)");
          }
          CSVRecord values = values(line);
          if (named) {
            rows.add(new RecordingRow(values, COLUMNS));
          } else {
            requireColumns(values);
            named = true;
          }
        }
      } catch (IllegalArgumentException e) {
        throw new TraceException(file + ":" + number + ": " + e.getMessage(), e);
      }
    }
    try {
      return rows.recording(notes);
    } catch (IllegalArgumentException e) {
      throw new TraceException(file + ": " + e.getMessage(), e);
    }
  }

  private static void requireColumns(CSVRecord names) {
    if (!names.toList().equals(COLUMNS)) {
      throw new IllegalArgumentException(
          "the columns are not those of a recording (expected: " + String.join(",", COLUMNS) + ")");
    }
  }

  private static CSVRecord values(String line) {
    List<CSVRecord> records;
    try (CSVParser parser = CSVParser.parse(line, FORMAT)) {
      records = parser.getRecords();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "is no row of CSV (expected: " + COLUMNS.size() + " values)", e);
    }
    if (records.size() != 1 || records.get(0).size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "has %d values (expected: %d, as many as there are columns)"
              .formatted(records.isEmpty() ? 0 : records.get(0).size(), COLUMNS.size()));
    }
    return records.get(0);
  }
}
