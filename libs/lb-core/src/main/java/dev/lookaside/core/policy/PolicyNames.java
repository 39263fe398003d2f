package dev.lookaside.core.policy;

/**
 * Prints the names of all policies, one a line, for scripts: {@code java -cp lb-core.jar
 * dev.lookaside.core.policy.PolicyNames}.
 */
public final class PolicyNames {

  private PolicyNames() {}

  public static void main(String[] args) {
    System.out.println(String.join(System.lineSeparator(), Policies.names()));
  }
}
