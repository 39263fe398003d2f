package dev.lookaside.testing.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules that every module keeps, and the words in which a module draws its own arrows. All of
 * them look at what ships, not at tests.
 *
 * <pre>
 * &#64;TestFactory
 * Stream&lt;DynamicTest&gt; keepsItsShape() {
 *   return ArchRules.of("dev.lookaside.core")
 *       .arrow("policy", "load", "endpoint", "time")
 *       .everywhere().avoids(SPRING, PROTOBUF)
 *       .tests();
 * }
 * </pre>
 *
 * <p>Every module's packages are free of cycles; the rest is said by each.
 */
public final class ArchRules {
  private final String root;
  private final JavaClasses shipped;
  private final List<ArchRule> rules = new ArrayList<>();

  private ArchRules(String root, JavaClasses shipped) {
    this.root = root;
    this.shipped = shipped;
  }

  /** The rules of the module whose packages begin so. */
  public static ArchRules of(String root) {
    JavaClasses shipped =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(root);
    ArchRules rules = new ArchRules(root, shipped);
    rules.rules.add(slices().matching(root + ".(*)..").should().beFreeOfCycles());
    return rules;
  }

  /** Of this module's packages, this one uses the named ones and no other; "" is the root. */
  public ArchRules arrow(String from, String... to) {
    List<String> allowed = new ArrayList<>(Arrays.stream(to).map(this::pattern).toList());
    allowed.add(pattern(from));
    DescribedPredicate<JavaClass> others =
        resideInAPackage(root + "..")
            .and(
                DescribedPredicate.not(
                    JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new))))
            .as("reside in other packages of the module than " + List.of(to));
    return rule(
        noClasses().that().resideInAPackage(pattern(from)).should(dependOnClassesThat(others)));
  }

  /** Says something of the classes in these packages; "" is the root. */
  public Part in(String... packages) {
    return new Part(patterns(packages));
  }

  /** Says something of the classes outside these packages; "" is the root. */
  public Part outside(String... packages) {
    return new Part(DescribedPredicate.not(patterns(packages)));
  }

  public Part everywhere() {
    return new Part(resideInAPackage(root + ".."));
  }

  /** A rule in ArchUnit's own words. */
  public ArchRules rule(ArchRule rule) {
    rules.add(rule);
    return this;
  }

  /** One test for each rule. */
  public Stream<DynamicTest> tests() {
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(shipped)));
  }

  private DescribedPredicate<JavaClass> patterns(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(
        Arrays.stream(packages).map(this::pattern).toArray(String[]::new));
  }

  private String pattern(String inside) {
    return inside.isEmpty() ? root : root + "." + inside + "..";
  }

  /** Some of the module's classes. */
  public final class Part {
    private final DescribedPredicate<JavaClass> part;

    private Part(DescribedPredicate<JavaClass> part) {
      this.part = part;
    }

    public ArchRules avoids(Foreign... kinds) {
      for (Foreign kind : kinds) {
        rule(noClasses().that(part).should(dependOnClassesThat(kind.types())));
      }
      return ArchRules.this;
    }

    /** Uses no more than these packages, in ArchUnit's patterns, and the module itself. */
    public ArchRules usesOnly(String... packages) {
      String[] allowed =
          Stream.concat(Stream.of(root + ".."), Arrays.stream(packages)).toArray(String[]::new);
      return rule(
          classes().that(part).should().onlyDependOnClassesThat().resideInAnyPackage(allowed));
    }

    /** Time and chance are arguments here. */
    public ArchRules readsNoClock() {
      return rule(noClasses().that(part).should(Clockwork.readTimeOrChance()));
    }

    /** Whoever wants more composes. */
    public ArchRules isFinal() {
      return rule(
          classes()
              .that(part)
              .and()
              .areNotInterfaces()
              .and()
              .areNotAnonymousClasses()
              .and()
              .areNotEnums()
              .and()
              .doNotHaveSimpleName("package-info")
              .should()
              .haveModifier(JavaModifier.FINAL));
    }
  }
}
