package dev.lookaside.client.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/** Lines that replace those before on a terminal, and follow each other where there is none. */
final class Screen implements AutoCloseable {
  private final PrintWriter out;
  private final org.jline.terminal.@Nullable Terminal terminal;
  private final @Nullable Display display;

  private Screen(PrintWriter out, org.jline.terminal.@Nullable Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
    this.display = terminal == null ? null : new Display(terminal, true);
  }

  static Screen of(PrintWriter out) {
    if (!Terminal.isThere()) {
      return new Screen(out, null);
    }
    try {
      return new Screen(out, TerminalBuilder.builder().system(true).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void show(List<String> lines) {
    if (terminal == null || display == null) {
      lines.forEach(out::println);
      out.flush();
      return;
    }
    Size size = terminal.getSize();
    display.resize(size.getRows(), size.getColumns());
    display.update(
        lines.stream()
            .limit(Math.max(1, size.getRows() - 1))
            .map(AttributedString::fromAnsi)
            .map(line -> line.columnSubSequence(0, Math.max(1, size.getColumns() - 1)))
            .toList(),
        0);
    terminal.flush();
  }

  @Override
  public void close() {
    if (terminal != null) {
      try {
        terminal.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
