@org.jspecify.annotations.NullMarked
package city.emona.portal;
