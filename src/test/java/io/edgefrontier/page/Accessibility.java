package io.edgefrontier.page;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the browser tells a screen reader about its page. */
final class Accessibility {
  private static final Set<String> NAMED =
      Set.of(
          "DisclosureTriangle",
          "DisclosureTriangleGrouped",
          "button",
          "checkbox",
          "combobox",
          "image",
          "img",
          "link",
          "listbox",
          "menuitem",
          "option",
          "radio",
          "searchbox",
          "slider",
          "spinbutton",
          "switch",
          "tab",
          "table",
          "textbox");

  private Accessibility() {}

  /** A node of the tree; the name is empty if there is none. */
  record Node(String role, String name) {
    /** Returns whether a person must be told what this is. */
    boolean needsName() {
      return NAMED.contains(role);
    }
  }

  /** Returns the nodes of the page's tree that are not left out of it. */
  static List<Node> tree(Browser browser) {
    browser.command("Accessibility.enable", Map.of());
    List<?> nodes = (List<?>) browser.command("Accessibility.getFullAXTree", Map.of()).get("nodes");
    return nodes.stream()
        .map(node -> (Map<?, ?>) node)
        .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
        .map(node -> new Node(value(node.get("role")), value(node.get("name"))))
        .toList();
  }

  private static String value(Object property) {
    return property == null ? "" : String.valueOf(((Map<?, ?>) property).get("value")).strip();
  }
}
