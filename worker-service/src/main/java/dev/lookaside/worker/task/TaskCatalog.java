package dev.lookaside.worker.task;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tasks of this worker, by name. */
public final class TaskCatalog {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final int NAME_AND_ARGUMENT = 2;

  private final TreeMap<String, Task> tasks = new TreeMap<>();

  public TaskCatalog(Collection<? extends Task> tasks) {
    tasks.forEach(this::add);
  }

  private void add(Task task) {
    if (!NAME.matcher(task.name()).matches()) {
      throw new IllegalArgumentException(
          "name of %s is '%s' (expected: at most 63 of a-z, 0-9 and -)"
              .formatted(task.getClass().getName(), task.name()));
    }
    Task other = tasks.put(task.name(), task);
    if (other != null) {
      throw new IllegalArgumentException(
          "task '%s' is both %s and %s (expected: one task for each name)"
              .formatted(task.name(), other.getClass().getName(), task.getClass().getName()));
    }
  }

  public Set<String> names() {
    return Set.copyOf(tasks.keySet());
  }

  /** The name of the task that the text asks for, if this worker knows it. */
  public Optional<String> nameIn(String text) {
    return Optional.of(words(text)[0]).filter(tasks::containsKey);
  }

  /**
   * Reads a whole request such as {@code sleep 2.5}.
   *
   * @throws InvalidTaskException for an unknown task, listing the known ones, or a bad argument
   */
  public Job prepare(String text) {
    String[] words = words(text);
    Task task = tasks.get(words[0]);
    if (task == null) {
      throw new InvalidTaskException(
          words[0].isEmpty()
              ? "task is empty (expected: %s)".formatted(usages())
              : "unknown task '%s' (expected: %s)".formatted(Quote.of(words[0]), usages()));
    }
    return task.prepare(words.length < NAME_AND_ARGUMENT ? "" : words[1]);
  }

  private String usages() {
    return tasks.values().stream().map(Task::usage).collect(Collectors.joining(" | "));
  }

  private static String[] words(String text) {
    return text.strip().split("\\s+", NAME_AND_ARGUMENT);
  }
}
