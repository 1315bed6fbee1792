using System.Buffers.Binary;
using System.Text;

namespace Platform.Tests.Infrastructure;

/// <summary>Reads the fields of a protobuf message (https://protobuf.dev/programming-guides/encoding/).</summary>
internal static class Protobuf
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;

    /// <summary>Fields in order: a number, or the bytes of a text or message.</summary>
    public static IEnumerable<(int Field, ulong Number, byte[] Content)> Read(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = ReadVarint(message, ref at);
            var field = (int)(tag >> 3);
            switch ((int)tag & 7)
            {
                case Varint:
                    yield return (field, ReadVarint(message, ref at), []);
                    break;
                case Fixed64:
                    yield return (field, BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)), []);
                    at += sizeof(ulong);
                    break;
                case Bytes:
                    var length = (int)ReadVarint(message, ref at);
                    yield return (field, 0, message[at..(at + length)]);
                    at += length;
                    break;
                default:
                    yield return (field, BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)), []);
                    at += sizeof(uint);
                    break;
            }
        }
    }

    /// <summary>The messages at the end of a path of repeated fields.</summary>
    public static IEnumerable<byte[]> All(byte[] message, params IEnumerable<int> path) =>
        path.Aggregate<int, IEnumerable<byte[]>>([message], (messages, field) => messages.SelectMany(one => Read(one).Where(part => part.Field == field).Select(part => part.Content)));

    public static string Text(byte[] message, int field) => Encoding.UTF8.GetString(All(message, field).LastOrDefault() ?? []);

    public static string Hex(byte[] message, int field) => Convert.ToHexStringLower(All(message, field).LastOrDefault() ?? []);

    public static ulong Number(byte[] message, int field) => Read(message).LastOrDefault(part => part.Field == field).Number;

    /// <summary>OTLP's list of <c>KeyValue</c>; a number is written as one, an array as its texts with commas.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(byte[] message, int field) =>
        All(message, field).ToDictionary(pair => Text(pair, 1), pair => Value(All(pair, 2).Last()));

    private static string Value(byte[] any) => Read(any).Select(part => part.Field switch
    {
        1 => Encoding.UTF8.GetString(part.Content),
        4 => BitConverter.UInt64BitsToDouble(part.Number).ToString(System.Globalization.CultureInfo.InvariantCulture),
        5 => string.Join(',', All(part.Content, 1).Select(Value)),
        _ => part.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }).FirstOrDefault("");

    private static ulong ReadVarint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
