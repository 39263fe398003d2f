package dev.lookaside.simulator.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of results: what the scenario says of itself, how to run it again, tables, charts. */
public final class MarkdownReport {

  private MarkdownReport() {}

  /**
   * The page of one scenario.
   *
   * @param scenario its file; the comment at its beginning becomes the introduction
   * @param command that gives these results
   * @param version what gave these results, or empty
   * @param text of {@link TextReport}, which begins with the title
   */
  public static String of(
      Path scenario, String command, String version, String text, List<Path> charts)
      throws IOException {
    int end = text.indexOf('\n');
    String images =
        charts.stream()
            .map(Path::getFileName)
            .map(name -> "![" + text.substring(0, end) + "](" + name + ")\n")
            .collect(Collectors.joining("\n"));
    return "# "
        + text.substring(0, end + 1)
        + introduction(scenario)
        + "\n```\n"
        + command
        + "\n```\n"
        + (version.isEmpty() ? "" : "\nVersion: " + version + ".\n")
        + text.substring(end + 1)
        + images;
  }

  private static String introduction(Path scenario) throws IOException {
    try (Stream<String> lines = Files.lines(scenario)) {
      return lines
          .takeWhile(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("^# ?", "") + "\n")
          .collect(Collectors.joining());
    }
  }
}
