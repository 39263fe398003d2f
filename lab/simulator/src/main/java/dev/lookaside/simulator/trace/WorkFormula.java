package dev.lookaside.simulator.trace;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The work of a request by the columns of its row, such as {@code output + 0.1 * input}: numbers
 * and names of columns with {@code + - * /} and parentheses. A name of other characters than
 * letters, digits and _ stands in brackets: {@code [input tokens]}.
 */
final class WorkFormula {
  private static final int LONGEST = 1_000;
  private static final double MOST = 1e12;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:(\\d+(?:\\.\\d+)?)|([\\p{L}_][\\p{L}\\p{N}_]*)|\\[([^\\]]+)]|(.))");

  static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,19}(?:\\.\\d{0,30})?(?:[eE][+-]?\\d{1,2})?");

  /** The value of a part, given the row. */
  @FunctionalInterface
  private interface Term extends ToDoubleFunction<IntFunction<String>> {}

  private final String text;
  private final Term term;

  private WorkFormula(String text, Term term) {
    this.text = text;
    this.term = term;
  }

  /** The value of one column. */
  static WorkFormula ofColumn(int column, List<String> columns) {
    return new WorkFormula(columns.get(column), value(columns.get(column), column));
  }

  static WorkFormula parse(String text, List<String> columns) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the formula has %d characters (expected: at most %d)".formatted(text.length(), LONGEST));
    }
    return new WorkFormula(text, new Parser(text, columns).whole());
  }

  /** The work of a row, given its value at each place. */
  double of(IntFunction<String> row) {
    double work = term.applyAsDouble(row);
    if (!(work >= 0 && work <= MOST)) {
      throw new IllegalArgumentException(
          "the work, " + text + ", is " + work + " (expected: 0 to 1e12)");
    }
    return work;
  }

  /** The place of the column of this name. */
  static int column(String name, List<String> columns) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException(
          "there is no column '%s' (expected: one of %s)"
              .formatted(name, Shown.of(String.join(", ", columns))));
    }
    return place;
  }

  private static Term value(String name, int place) {
    return row -> {
      String text = row.apply(place);
      if (!NUMBER.matcher(text).matches()) {
        throw new IllegalArgumentException(
            name + " is '" + Shown.of(text) + "' (expected: a number)");
      }
      return Double.parseDouble(text);
    };
  }

  /** Recursive descent: a sum of products of factors. */
  private static final class Parser {
    private final String text;
    private final List<String> columns;
    private final Matcher tokens;
    private @Nullable MatchResult token; // null at the end

    Parser(String given, List<String> columns) {
      this.text = given.strip();
      this.columns = columns;
      this.tokens = TOKEN.matcher(text);
      next();
    }

    Term whole() {
      Term sum = sum();
      if (token != null) {
        throw unexpected("the end, or one of + - * /");
      }
      return sum;
    }

    private Term sum() {
      Term left = product();
      while (isSymbol("+") || isSymbol("-")) {
        double sign = isSymbol("+") ? 1 : -1;
        next();
        Term before = left;
        Term right = product();
        left = row -> before.applyAsDouble(row) + sign * right.applyAsDouble(row);
      }
      return left;
    }

    private Term product() {
      Term left = factor();
      while (isSymbol("*") || isSymbol("/")) {
        boolean divided = isSymbol("/");
        next();
        Term before = left;
        Term right = factor();
        left =
            divided
                ? row -> before.applyAsDouble(row) / right.applyAsDouble(row)
                : row -> before.applyAsDouble(row) * right.applyAsDouble(row);
      }
      return left;
    }

    private Term factor() {
      MatchResult first = token;
      Term factor;
      if (first != null && first.group(1) != null) {
        double number = Double.parseDouble(first.group(1));
        factor = row -> number;
      } else if (first != null && (first.group(2) != null || first.group(3) != null)) {
        String name = first.group(2) != null ? first.group(2) : first.group(3).strip();
        factor = value(name, column(name, columns));
      } else if (isSymbol("(")) {
        next();
        factor = sum();
        if (!isSymbol(")")) {
          throw unexpected(")");
        }
      } else {
        throw unexpected("a number, the name of a column, or (");
      }
      next();
      return factor;
    }

    private boolean isSymbol(String symbol) {
      return token != null && symbol.equals(token.group(4));
    }

    private void next() {
      token = tokens.lookingAt() ? tokens.toMatchResult() : null;
      if (token != null) {
        tokens.region(token.end(), text.length());
      }
    }

    private IllegalArgumentException unexpected(String expected) {
      String found = token == null ? "the end" : "'" + token.group().strip() + "'";
      return new IllegalArgumentException(
          "the formula '%s' has %s (expected: %s)".formatted(Shown.of(text), found, expected));
    }
  }
}
