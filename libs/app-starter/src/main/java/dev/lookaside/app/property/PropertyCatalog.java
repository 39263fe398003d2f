package dev.lookaside.app.property;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The properties below some prefixes that this application has, in order of their names. */
public final class PropertyCatalog {
  private final List<KnownProperty> properties;

  PropertyCatalog(Collection<KnownProperty> properties) {
    this.properties =
        properties.stream().sorted(Comparator.comparing(KnownProperty::name)).toList();
  }

  /** Those below these prefixes that the metadata of the class path describes. */
  public static PropertyCatalog read(ClassLoader classPath, Collection<String> prefixes) {
    return new PropertyCatalog(new Metadata(classPath).below(prefixes));
  }

  /** All of them, by prefix. */
  public Map<String, List<KnownProperty>> byPrefix() {
    return properties.stream()
        .collect(Collectors.groupingBy(KnownProperty::root, TreeMap::new, Collectors.toList()));
  }

  boolean hasPrefix(String prefix) {
    return properties.stream().anyMatch(property -> property.root().equals(prefix));
  }

  boolean knows(ConfigurationPropertyName name) {
    return properties.stream().anyMatch(property -> property.is(name));
  }

  /**
   * @param uniform a variable's name as {@link KnownProperty#uniform} has it
   */
  boolean knowsVariable(String uniform) {
    return properties.stream().anyMatch(property -> property.isVariable(uniform));
  }

  /** The name that is the least mistyped from this one. */
  Optional<Nearest> nearest(ConfigurationPropertyName name) {
    String typed = name.toString();
    return nearest(
        properties.stream().flatMap(property -> property.inWordsOf(name).stream()), typed);
  }

  /** The same for a variable: the name it should have had, in capitals. */
  Optional<Nearest> nearestVariable(String variable) {
    return nearest(
        properties.stream()
            .map(KnownProperty::name)
            .filter(name -> !name.contains(KnownProperty.ANY))
            .map(PropertyCatalog::variable),
        variable);
  }

  private static Optional<Nearest> nearest(Stream<String> names, String typed) {
    return names
        .map(name -> new Nearest(name, Typos.between(typed, name)))
        .min(Comparator.comparingInt(Nearest::typos).thenComparing(Nearest::name));
  }

  private static String variable(String name) {
    return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * A known name and how many slips of the fingers away it is.
   *
   * @param typos single characters to insert, drop, replace or swap with their neighbour
   */
  record Nearest(String name, int typos) {}
}
