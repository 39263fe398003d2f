package dev.lookaside.app.property;

import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A property as its metadata describes it.
 *
 * @param name in its canonical form; {@link #ANY} stands for a key that the user chooses
 * @param type the Java type of its value
 * @param defaultValue what it is if nobody sets it; empty if that is worked out
 * @param description what it means and what is allowed, in a sentence
 */
public record KnownProperty(String name, String type, String defaultValue, String description) {
  /** Stands in a name for one element that can be anything. */
  public static final String ANY = "<name>";

  /** Whether this is the property of that name, however it is spelt. */
  boolean is(ConfigurationPropertyName other) {
    return inWordsOf(other)
        .map(own -> ConfigurationPropertyName.of(own).equals(other))
        .orElse(false);
  }

  /** Whether this is the property of that name as an environment variable has it. */
  boolean isVariable(String uniform) {
    int any = name.indexOf(ANY);
    if (any < 0) {
      return uniform(name).equals(uniform);
    }
    String before = uniform(name.substring(0, any));
    String after = uniform(name.substring(any + ANY.length()));
    return uniform.length() > before.length() + after.length()
        && uniform.startsWith(before)
        && uniform.endsWith(after);
  }

  /** This name with the other's key in place of {@link #ANY}; nothing if they cannot agree. */
  Optional<String> inWordsOf(ConfigurationPropertyName other) {
    if (!name.contains(ANY)) {
      return Optional.of(name);
    }
    String[] own = name.split("\\.", -1);
    if (own.length != other.getNumberOfElements()) {
      return Optional.empty();
    }
    var words = new StringBuilder();
    for (int i = 0; i < own.length; i++) {
      boolean any = own[i].equals(ANY);
      String element = any ? other.getElement(i, Form.ORIGINAL) : own[i];
      if (any && !element.matches("[a-z0-9-]+")) {
        words.append('[').append(element).append(']');
      } else {
        words.append(i == 0 ? "" : ".").append(element);
      }
    }
    return Optional.of(words.toString());
  }

  /** The prefix of the first element, such as {@code lb}. */
  String root() {
    return name.substring(0, name.indexOf('.'));
  }

  /** A name without what relaxed binding disregards. */
  static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
