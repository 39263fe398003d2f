package dev.lookaside.security.rights;

import dev.lookaside.core.check.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a policy, and refuses what it does not understand:
 *
 * <pre>
 * principals:
 *   - principal: spiffe://example.org/client/*
 *     roles: [client]
 *     services: [worker]      # all if left out
 *     ids: ["w-*"]            # to register under; its own last part if left out
 * </pre>
 */
public final class PolicyFile {
  private static final int LARGEST = 1 << 20;

  private PolicyFile() {}

  /**
   * What it says now.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public static Policy read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException("it is larger than " + LARGEST + " bytes");
      }
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "security.policy-file is '" + file + "' (expected: a readable YAML file)", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "security.policy-file is '" + file + "': " + e.getMessage(), e);
    }
  }

  static Policy parse(String text) {
    Map<?, ?> root = map("the file", load(text), Set.of("principals"));
    List<Policy.Rule> rules = new ArrayList<>();
    for (Object entry : list("principals", root.get("principals"))) {
      Map<?, ?> rule =
          map("an entry of principals", entry, Set.of("principal", "roles", "services", "ids"));
      rules.add(
          new Policy.Rule(
              text("principal", rule.get("principal")),
              new Rights(
                  list("roles", rule.get("roles")).stream()
                      .map(role -> Role.of(text("role", role)))
                      .collect(Collectors.toSet()),
                  texts("services", rule, List.of("*")),
                  texts("ids", rule, List.of()))));
    }
    return new Policy(rules);
  }

  private static @Nullable Object load(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(8);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(
          "it is no YAML that is accepted here: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private static Map<?, ?> map(String what, @Nullable Object value, Set<String> known) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          what + " is " + shown(value) + " (expected: " + known + ")");
    }
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw new IllegalArgumentException(
            what
                + " has "
                + shown(key)
                + " (expected: only "
                + known.stream().sorted().toList()
                + ")");
      }
    }
    return map;
  }

  private static List<?> list(String what, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(what + " is " + shown(value) + " (expected: a list)");
  }

  private static List<String> texts(String what, Map<?, ?> rule, List<String> otherwise) {
    return rule.containsKey(what)
        ? list(what, rule.get(what)).stream().map(each -> text(what, each)).toList()
        : otherwise;
  }

  private static String text(String what, @Nullable Object value) {
    if (value instanceof String text && !text.isBlank() && Printable.isPlain(text)) {
      return text;
    }
    throw new IllegalArgumentException(what + " is " + shown(value) + " (expected: a text)");
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "missing" : "'" + Printable.of(String.valueOf(value)) + "'";
  }
}
