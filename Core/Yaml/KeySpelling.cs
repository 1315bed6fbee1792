using System.Text;

namespace Platform.Core.Yaml;

/// <summary>Both spellings of a key, and the nearest one to a misspelt key.</summary>
internal static class KeySpelling
{
    private const int FarthestSlip = 2;

    /// <summary>Brings <c>maxTokens</c>, <c>max-tokens</c> and <c>max_tokens</c> to the last form.</summary>
    /// <param name="key">As written.</param>
    public static string Canonical(string key)
    {
        var result = new StringBuilder(key.Length + 4);
        for (var i = 0; i < key.Length; i++)
        {
            var letter = key[i] is '-' ? '_' : key[i];
            if (char.IsUpper(letter) && i > 0 && key[i - 1] is not ('_' or '-') && !char.IsUpper(key[i - 1]))
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString();
    }

    /// <summary>The known key that was probably meant.</summary>
    /// <param name="key">In canonical form.</param>
    /// <param name="known">In canonical form.</param>
    /// <returns>Null when none is near.</returns>
    public static string? Nearest(string key, IEnumerable<string> known)
    {
        var reach = Math.Min(FarthestSlip, key.Length / 3);
        return known
            .Select(candidate => (Key: candidate, Slips: Slips(key, candidate)))
            .Where(candidate => candidate.Slips <= reach)
            .OrderBy(candidate => candidate.Slips)
            .ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .Select(candidate => candidate.Key)
            .FirstOrDefault();
    }

    /// <summary>Optimal string alignment distance (Damerau 1964): insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Slips(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > FarthestSlip)
        {
            return int.MaxValue;
        }

        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            cost[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var differs = left[i - 1] == right[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(cost[i - 1, j - 1] + differs, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
