package dev.lookaside.simulator.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a trace: a CSV file whose first line names its columns, one of which is a time; work is
 * another column, or a formula of several. Rows may stand in any order; empty lines do not count.
 *
 * @param file in UTF-8, its values separated by commas, semicolons or tabs as its first line is
 * @param timeColumn the name of the column of the time; empty for the first column
 * @param work a formula of columns, see {@link WorkFormula}; empty for the second column
 */
public record TraceFile(Path file, String timeColumn, String work) {
  static final long MAX_BYTES = 1L << 30;
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  static final int MAX_REQUESTS = 5_000_000;

  public Trace read() throws TraceException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TraceException(file + ": the file is larger than 1 GiB (expected: a trace)");
      }
      try (Reader reader = reader();
          CSVParser rows = format().parse(reader)) {
        return read(rows);
      }
    } catch (NoSuchFileException e) {
      throw new TraceException(
          file + ": there is no such file (expected: a CSV file with a time and a work column)", e);
    } catch (CharacterCodingException e) {
      throw new TraceException(file + ": is not text in UTF-8 (expected: a CSV file)", e);
    } catch (IOException | UncheckedIOException e) {
      throw new TraceException(
          file + ": cannot be read: " + e.getMessage() + " (expected: a CSV file)", e);
    }
  }

  /** Separated as its first line is. */
  private CSVFormat format() throws IOException {
    String first;
    try (Reader lines = reader()) {
      char[] start = new char[1 << 16];
      int length = Math.max(0, lines.read(start));
      first = new String(start, 0, length).lines().findFirst().orElse("");
    }
    char separator = first.indexOf(',') >= 0 ? ',' : first.indexOf(';') >= 0 ? ';' : '\t';
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(separator)
        .setIgnoreEmptyLines(true)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  private Trace read(CSVParser rows) throws TraceException {
    var row = rows.iterator();
    if (!row.hasNext()) {
      throw new TraceException(file + ": the file is empty (expected: a line of column names)");
    }
    List<String> columns = row.next().toList();
    TraceRows read = columns(columns);
    while (row.hasNext()) {
      CSVRecord record = row.next();
      String place = file + ":" + rows.getCurrentLineNumber() + ": ";
      if (read.size() == MAX_REQUESTS) {
        throw new TraceException(
            place + "there are more rows (expected: at most " + MAX_REQUESTS + ")");
      }
      if (record.size() != columns.size()) {
        throw new TraceException(
            "%s%d value%s (expected: %d, as many as there are columns)"
                .formatted(place, record.size(), record.size() == 1 ? "" : "s", columns.size()));
      }
      try {
        read.add(record::get);
      } catch (IllegalArgumentException e) {
        throw new TraceException(place + e.getMessage(), e);
      }
    }
    if (read.size() == 0) {
      throw new TraceException(file + ": there is no row (expected: at least one request)");
    }
    return read.trace();
  }

  private TraceRows columns(List<String> names) throws TraceException {
    try {
      int time = timeColumn.isEmpty() ? 0 : WorkFormula.column(timeColumn, names);
      if (work.isEmpty() && names.size() < 2) {
        throw new IllegalArgumentException(
            "there is one column, " + names.get(0) + " (expected: a time and a work column)");
      }
      WorkFormula formula =
          work.isEmpty() ? WorkFormula.ofColumn(1, names) : WorkFormula.parse(work, names);
      return new TraceRows(names.get(time), time, formula);
    } catch (IllegalArgumentException e) {
      throw new TraceException(file + ":1: " + e.getMessage(), e);
    }
  }

  /** Some programs begin a file of UTF-8 with a mark: it is not part of the first name. */
  private Reader reader() throws IOException {
    BufferedReader reader = Files.newBufferedReader(file);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
