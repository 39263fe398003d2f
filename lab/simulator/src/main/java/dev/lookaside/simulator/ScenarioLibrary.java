package dev.lookaside.simulator;

import dev.lookaside.simulator.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios of a directory, found by name. */
record ScenarioLibrary(Path directory) {
  private static final String SUFFIX = ".yaml";
  private static final String TITLE = "title:";

  /** The file of a scenario that is given by its name, or by the path of a file of one's own. */
  Path find(String nameOrPath) throws ScenarioException {
    Path path = Path.of(nameOrPath);
    Path ofName = directory.resolve(nameOrPath + SUFFIX);
    if (isName(nameOrPath) && Files.exists(ofName)) {
      return ofName;
    }
    if (Files.isRegularFile(path)) {
      return path;
    }
    String what = Files.exists(path) ? " is no file" : " is not there";
    throw new ScenarioException(
        "scenario " + nameOrPath + what + " (expected: a YAML file" + orOneOf() + ")");
  }

  private static boolean isName(String text) {
    return text.matches("[\\w.-]+") && !text.endsWith(SUFFIX);
  }

  private String orOneOf() {
    List<String> names = names();
    return names.isEmpty() ? "" : ", or one of " + String.join(", ", names);
  }

  List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Every name with its title, one a line. */
  String listing() throws IOException {
    StringBuilder text = new StringBuilder("Scenarios in " + directory + ":\n");
    List<String> names = names();
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    for (String name : names) {
      text.append("  ").append(name).append(" ".repeat(width - name.length() + 2));
      text.append(title(directory.resolve(name + SUFFIX))).append('\n');
    }
    return text.toString();
  }

  private static String title(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(TITLE))
          .map(line -> line.substring(TITLE.length()).strip().replaceAll("^\"|\"$", ""))
          .findFirst()
          .orElse("");
    }
  }
}
