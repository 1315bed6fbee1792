using System.Text;

namespace Platform.Benchmarks;

/// <summary>Sentences of made-up words, a few of them far more frequent than the rest, as in any language.</summary>
internal sealed class MadeUpText
{
    private const int Words = 20_000;

    private static readonly string[] Syllables =
        [.. from consonant in "bcdfghlmnprstvw" from vowel in "aeiou" select $"{consonant}{vowel}"];

    private readonly Random _random;
    private readonly string[] _words;
    private readonly StringBuilder _sentence = new();

    public MadeUpText(int seed)
    {
        _random = new Random(seed);
        _words = [.. Enumerable.Range(0, Words).Select(_ => string.Concat(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Syllables[_random.Next(Syllables.Length)])))];
    }

    public string[] Sentences(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => Sentence(length))];

    public string Sentence(int length)
    {
        _sentence.Clear();
        for (var word = 0; word < length; word++)
        {
            // The logarithm of a word's rank is even.
            _sentence.Append(word == 0 ? "" : " ").Append(_words[(int)Math.Pow(Words, _random.NextDouble()) - 1]);
        }

        return _sentence.ToString();
    }
}
