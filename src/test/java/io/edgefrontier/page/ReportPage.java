package io.edgefrontier.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a reader sees in report.html, and does with it. */
final class ReportPage {
  private final Browser browser;

  ReportPage(Browser browser) {
    this.browser = browser;
  }

  /**
   * A point of the scatter.
   *
   * @param id of the cell, from the page's data
   * @param words what a screen reader says
   * @param filled whether the marker is not hollow
   * @param ringed whether a ring is drawn around it
   */
  record Point(String id, String words, boolean filled, boolean ringed) {
    boolean accepted() {
      return !words.contains(", rejected");
    }

    boolean onFrontier() {
      return words.contains(", on the frontier");
    }

    boolean recommended() {
      return words.contains(", recommended");
    }
  }

  static Set<String> ids(List<Point> points, Predicate<Point> which) {
    return points.stream().filter(which).map(Point::id).collect(Collectors.toSet());
  }

  List<Point> points() {
    Object found =
        browser.run(
            """
            const cells = JSON.parse(document.getElementById('run').textContent).cells;
            const ground = getComputedStyle(document.body).backgroundColor;
            return Array.from(document.querySelectorAll('#plot g.point'), point => ({
              id: cells[Number(point.dataset.index)].id,
              words: point.getAttribute('aria-label'),
              filled: getComputedStyle(point.querySelector('.marker')).fill !== ground,
              ringed: point.querySelector('.ring') !== null
            }));
            """);
    List<Point> points = new ArrayList<>();
    for (Object item : (List<?>) found) {
      Map<?, ?> point = (Map<?, ?>) item;
      points.add(
          new Point(
              (String) point.get("id"),
              (String) point.get("words"),
              (Boolean) point.get("filled"),
              (Boolean) point.get("ringed")));
    }
    return points;
  }

  /** Returns the names of the table's columns, from left to right. */
  List<String> columns() {
    return browser.texts(
        "return Array.from(document.querySelectorAll('#table th button'), b => b.dataset.column)");
  }

  /** Returns what the visible rows of the table say in a column, from top to bottom. */
  List<String> column(String name) {
    return browser.texts(
        """
        return Array.from(document.querySelectorAll('#table tbody tr'))
          .filter(row => row.getClientRects().length > 0)
          .map(row => row.children[arguments[0]].innerText);
        """,
        columns().indexOf(name));
  }

  /** Returns the cells whose row says something that fits in a column. */
  Set<String> rows(String column, Predicate<String> fits) {
    List<String> ids = column("id");
    List<String> texts = column(column);
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (fits.test(texts.get(i))) {
        found.add(ids.get(i));
      }
    }
    return found;
  }

  /**
   * Returns what makes the page scroll sideways: it reaches out of the window, and nothing cuts it.
   */
  List<String> wider() {
    return browser.texts(
        """
        const root = document.documentElement;
        const cut = element => element !== root &&
          (getComputedStyle(element).overflowX !== 'visible' || cut(element.parentElement));
        return root.scrollWidth <= root.clientWidth ? [] : Array.from(document.querySelectorAll('body *'))
          .filter(element => element.getBoundingClientRect().right > root.clientWidth && !cut(element))
          .map(element => element.cloneNode(false).outerHTML.slice(0, 80)).concat('page');
        """);
  }

  /** Opens everything that is folded. */
  void unfold() {
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true; })");
  }

  /** Chooses an option of a select element. */
  void choose(String selector, String value) {
    browser.click(browser.find(selector + " option[value='" + value + "']"));
  }

  void focus(String selector) {
    browser.run("arguments[0].focus()", browser.find(selector));
  }

  int sliderValue() {
    return browser.number("return Number(document.getElementById('budget').value)");
  }

  /** Returns the budget that is shown, in MiB whatever its unit. */
  double budgetMb() {
    String[] words = browser.find("#budget-value").getText().split(" ", 3);
    double value = Double.parseDouble(words[0]);
    return words[1].startsWith("KiB") ? value / 1024 : value;
  }
}
