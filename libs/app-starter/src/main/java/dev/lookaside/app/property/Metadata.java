package dev.lookaside.app.property;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** Reads Spring Boot's configuration metadata, of which there is a file in most jars. */
final class Metadata {
  private static final String FILE = "META-INF/spring-configuration-metadata.json";
  private static final String MAP = "java.util.Map<java.lang.String,";

  private final ClassLoader classPath;

  Metadata(ClassLoader classPath) {
    this.classPath = classPath;
  }

  Collection<KnownProperty> below(Collection<String> prefixes) {
    Map<String, KnownProperty> found = new LinkedHashMap<>();
    try {
      for (URL file : Collections.list(classPath.getResources(FILE))) {
        String text = read(file);
        // Parsing is the dear part, and most files are of Spring's own properties.
        if (prefixes.stream().anyMatch(prefix -> text.contains("\"" + prefix + "."))) {
          properties(text)
              .filter(property -> isBelow(property, prefixes))
              .flatMap(this::withFieldsOfItsValues)
              .forEach(property -> found.putIfAbsent(property.name(), property));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the configuration metadata", e);
    }
    return found.values();
  }

  private static String read(URL file) throws IOException {
    try (InputStream stream = file.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isBelow(KnownProperty property, Collection<String> prefixes) {
    return prefixes.stream().anyMatch(prefix -> property.name().startsWith(prefix + "."));
  }

  private static Stream<KnownProperty> properties(String json) {
    JsonElement all = JsonParser.parseString(json).getAsJsonObject().get("properties");
    return all == null
        ? Stream.empty()
        : StreamSupport.stream(all.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .map(Metadata::property);
  }

  private static KnownProperty property(JsonObject json) {
    return new KnownProperty(
        text(json, "name"),
        text(json, "type"),
        text(json, "defaultValue"),
        text(json, "description"));
  }

  private static String text(JsonObject json, String member) {
    JsonElement value = json.get(member);
    if (value == null || value.isJsonNull()) {
      return "";
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  /** A map of records stands for the fields of a record below each key; the files list none. */
  private Stream<KnownProperty> withFieldsOfItsValues(KnownProperty property) {
    if (!property.type().startsWith(MAP)) {
      return Stream.of(property);
    }
    String below = property.name() + "." + KnownProperty.ANY;
    String value = property.type().substring(MAP.length(), property.type().length() - 1);
    List<KnownProperty> fields = fields(value).map(field -> field(property, below, field)).toList();
    return fields.isEmpty()
        ? Stream.of(new KnownProperty(below, value, "", property.description()))
        : fields.stream();
  }

  private static KnownProperty field(KnownProperty map, String below, RecordComponent field) {
    return new KnownProperty(
        below + "." + DataObjectPropertyName.toDashedForm(field.getName()),
        field.getType().getName(),
        "",
        map.description());
  }

  private Stream<RecordComponent> fields(String type) {
    try {
      Class<?> found = Class.forName(type, false, classPath);
      return found.isRecord() ? Arrays.stream(found.getRecordComponents()) : Stream.empty();
    } catch (ClassNotFoundException | LinkageError absent) {
      return Stream.empty();
    }
  }
}
