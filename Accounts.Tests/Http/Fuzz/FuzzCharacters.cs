using System.Text;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>Any characters at all, as long as they are characters: right-to-left marks, joiners, noncharacters, private use, what isn't assigned yet.</summary>
internal static class FuzzCharacters
{
    private static readonly (int First, int Last)[] Blocks = [(0x20, 0x24F), (0x300, 0x36F), (0x590, 0x6FF), (0x2000, 0x206F), (0x4E00, 0x4EFF), (0xE000, 0xFFFF), (0x1F300, 0x1F6FF), (0x10000, 0x10FFFF)];

    /// <summary>Neither begins nor ends with white space, which would be trimmed.</summary>
    public static string Text(Random random, int runes = 20)
    {
        var text = new StringBuilder();
        for (var count = random.Next(12, runes + 1); count > 0;)
        {
            var (first, last) = Blocks[random.Next(Blocks.Length)];
            if (Rune.TryCreate(random.Next(first, last + 1), out var rune) && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune))
            {
                text.Append(rune);
                count--;
            }
        }
        return text.ToString();
    }
}
