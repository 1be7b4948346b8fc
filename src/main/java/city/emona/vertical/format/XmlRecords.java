package city.emona.vertical.format;

import city.emona.vertical.LocalizedText;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Records of an XML document: each element of one name is a record, its attributes and children are fields by their local names. A child
 * that repeats is a list; an attribute whose name a child has too is a field with an at sign before. What stands beside the records is the
 * header. A document type is refused, so that no entity can expand.
 */
final class XmlRecords {
    private static final int MAX_DEPTH = 40;
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private final Set<String> elements;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final List<Object> records = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private String root = "";

    /** An element outside of records that has begun. */
    private record Open(String name, StringBuilder text) {}

    private XmlRecords(XMLStreamReader xml, Set<String> elements) {
        this.xml = xml;
        this.elements = elements;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * @param element the local name of the element that repeats
     * @throws SourceFailure when not one record can be read
     */
    static void read(String text, String element, RecordSink sink) throws SourceFailure {
        read(text, Set.of(element), sink);
    }

    /** @param elements the local names of the elements that are records */
    static void read(String text, Set<String> elements, RecordSink sink) throws SourceFailure {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
            new XmlRecords(reader, elements).read(sink);
        } catch (XMLStreamException e) {
            throw new SourceFailure(notXml(e));
        }
    }

    private void read(RecordSink sink) throws SourceFailure {
        LocalizedText brokenOff = null;
        try {
            while (xml.hasNext()) {
                handle(xml.next());
            }
        } catch (XMLStreamException e) {
            brokenOff = notXml(e);
        }
        if (records.isEmpty()) {
            throw new SourceFailure(brokenOff != null ? brokenOff : noRecords());
        }
        sink.header(header);
        records.forEach(sink::record);
        if (brokenOff != null) {
            sink.brokenOff(brokenOff);
        }
    }

    private void handle(int event) throws SourceFailure, XMLStreamException {
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw new SourceFailure(
                        "Dokument ima določilo DOCTYPE, ki ni dovoljeno.",
                        "The document has a document type declaration, which is not allowed.");
            case XMLStreamConstants.START_ELEMENT -> start();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (!open.isEmpty()) {
                    open.getLast().text().append(xml.getText());
                }
            }
            case XMLStreamConstants.END_ELEMENT -> {
                Open closed = open.removeLast();
                String text = closed.text().toString().strip();
                if (!text.isEmpty()) {
                    header.putIfAbsent(closed.name(), text);
                }
            }
            default -> {}
        }
    }

    /** The start of an element outside of records: a record, a header field, or an element that holds some. */
    private void start() throws XMLStreamException {
        String name = xml.getLocalName();
        if (elements.contains(name)) {
            Object record = fields(1);
            if (open.isEmpty() && record instanceof Map<?, ?> whole && whole.containsKey(name)) {
                unfold(name, whole);
            } else {
                records.add(record);
            }
            return;
        }
        if (open.isEmpty()) {
            root = name;
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                header.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
        }
        open.addLast(new Open(name, new StringBuilder()));
        requireShallow(open.size());
    }

    /** A root that is called as its records are is none of them. */
    private void unfold(String name, Map<?, ?> whole) {
        whole.forEach((key, value) -> {
            if (!name.equals(key)) {
                header.put(String.valueOf(key), value);
            } else if (value instanceof List<?> list) {
                list.forEach(one -> records.add(Objects.requireNonNull(one)));
            } else if (value != null) {
                records.add(value);
            }
        });
    }

    private static void requireShallow(int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("elements nest deeper than " + MAX_DEPTH);
        }
    }

    private LocalizedText noRecords() {
        return new LocalizedText(
                "V dokumentu <" + root + "> ni nobenega elementa <" + String.join(">, <", elements) + ">.",
                "The document <" + root + "> has no element <" + String.join(">, <", elements) + ">.");
    }

    private static LocalizedText notXml(XMLStreamException e) {
        String message =
                e.getMessage() == null ? "" : e.getMessage().replaceFirst("(?s)^ParseError at .*?Message: ", "");
        String line =
                Integer.toString(e.getLocation() == null ? 0 : e.getLocation().getLineNumber());
        return new LocalizedText(
                "Dokument ni veljaven XML (vrstica " + line + "): " + message,
                "The document is not valid XML (line " + line + "): " + message);
    }

    private Object fields(int level) throws XMLStreamException {
        requireShallow(level);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.START_ELEMENT -> put(fields, xml.getLocalName(), fields(level + 1));
                case XMLStreamConstants.END_ELEMENT -> {
                    return element(fields, attributes, text.toString().strip(), level);
                }
                default -> {}
            }
        }
    }

    private static Object element(
            Map<String, @Nullable Object> fields, Map<String, String> attributes, String text, int level) {
        if (fields.isEmpty() && attributes.isEmpty() && level > 1) {
            return text;
        }
        attributes.forEach((name, value) -> fields.put(fields.containsKey(name) ? "@" + name : name, value));
        if (!text.isEmpty()) {
            fields.put("#text", text);
        }
        return fields;
    }

    private static void put(Map<String, @Nullable Object> fields, String name, Object value) {
        Object present = fields.get(name);
        if (present == null) {
            fields.put(name, value);
        } else if (present instanceof Repeated list) {
            list.add(value);
        } else {
            Repeated list = new Repeated();
            list.add(present);
            list.add(value);
            fields.put(name, list);
        }
    }

    private static final class Repeated extends ArrayList<Object> {}
}
