package dev.lookaside.trials.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Samples as CSV, and on the terminal as they come. */
final class SampleFile implements AutoCloseable {
  private final PrintWriter out;

  private SampleFile(PrintWriter out) {
    this.out = out;
  }

  static SampleFile create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    out.println(Sample.HEADER);
    return new SampleFile(out);
  }

  void add(Sample sample) {
    out.print(sample.csv());
    out.flush();
    System.out.println(sample);
  }

  @Override
  public void close() {
    out.close();
  }
}
