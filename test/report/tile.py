"""Prints the features of a vector tile given in hex on standard input: layer, kind and attributes, a line each."""
import struct
import sys


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data):
    """The fields of a message of protocol buffers: number and value."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 1:
            value, at = struct.unpack('<d', data[at:at + 8])[0], at + 8
        elif key & 7 == 2:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        else:
            value, at = struct.unpack('<f', data[at:at + 4])[0], at + 4
        yield key >> 3, value


def text(number, value):
    if number == 1:
        return value.decode()
    return str(int(value)) if value == int(value) else repr(value)


def packed(data):
    at, values = 0, []
    while at < len(data):
        value, at = varint(data, at)
        values.append(value)
    return values


tile = bytes.fromhex(sys.stdin.read().strip())
if not tile:
    print('empty')
for _, layer in fields(tile):
    parts = list(fields(layer))
    name = next(value.decode() for number, value in parts if number == 1)
    keys = [value.decode() for number, value in parts if number == 3]
    values = [text(*next(fields(value))) for number, value in parts if number == 4]
    for number, value in parts:
        if number == 2:
            feature = dict(fields(value))
            tags = packed(feature[2])
            attributes = dict(zip((keys[k] for k in tags[0::2]), (values[v] for v in tags[1::2])))
            print(name, {1: 'Point', 3: 'Polygon'}[feature[3]], *(f'{k}={attributes[k]}' for k in ('rank', 'hot_spot', 'status', 'events', 'harm')))
