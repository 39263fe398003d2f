package dev.lookaside.trials.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One way of loading the workers.
 *
 * @param clients each of which sends its next task when the last one ended
 * @param mix of tasks, as the client's {@code --mix} takes it
 */
record Cell(Mode mode, int clients, String mix) {

  /** Who picks. */
  enum Mode {
    PICK,
    SUBSCRIBE;

    /** As the client's {@code --mode} takes it. */
    String option() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static List<Cell> all(List<Mode> modes, List<Integer> clients, List<String> mixes) {
    List<Cell> cells = new ArrayList<>();
    for (Mode mode : modes) {
      for (int count : clients) {
        for (String mix : mixes) {
          cells.add(new Cell(mode, count, mix));
        }
      }
    }
    return List.copyOf(cells);
  }

  @Override
  public String toString() {
    return mode.option() + ", " + clients + " clients, " + mix;
  }
}
