using System.Text.RegularExpressions;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>What a line of a mail's text is.</summary>
internal enum BlockKind
{
    /// <summary><c>Hello {username},</c></summary>
    Paragraph,

    /// <summary><c># Welcome</c>; the text part has the subject alone.</summary>
    Heading,

    /// <summary><c>[[Verify my email]]({link})</c></summary>
    Button,

    /// <summary><c>[This wasn’t me]({link})</c></summary>
    Link,

    /// <summary><c>= Enter this code: {code}</c></summary>
    Code,

    /// <summary><c>- When: {when}</c>; those that follow each other stand in one box.</summary>
    Fact,

    /// <summary><c>~ You did not ask for this?</c></summary>
    Small,
}

/// <summary>A line of a mail in a language file, taken apart.</summary>
/// <param name="Kind">what it is</param>
/// <param name="Words">what it says; of a fact or a code what stands before it</param>
/// <param name="Value">of a link, a code or a fact: the place that has it</param>
internal sealed partial record MailBlock(BlockKind Kind, string Words, string Value = "")
{
    /// <summary>The lines of a mail. <c>@act</c> stands for the lines of <c>mails.common.act</c>.</summary>
    public static IEnumerable<MailBlock> Read(Language language, string text) => text.Split('\n').SelectMany(line =>
        line.StartsWith('@') && language.Find($"mails.common.{line[1..]}") is { } shared ? shared.Split('\n').Select(Read) : [Read(line)]);

    private static MailBlock Read(string line)
    {
        if (Linked().Match(line) is { Success: true } link)
        {
            return new(link.Groups[1].Length > 0 ? BlockKind.Button : BlockKind.Link, link.Groups[2].Value, link.Groups[3].Value);
        }
        if (Code().Match(line) is { Success: true } code)
        {
            return new(BlockKind.Code, code.Groups[1].Value, code.Groups[2].Value);
        }
        if (Fact().Match(line) is { Success: true } fact)
        {
            return new(BlockKind.Fact, fact.Groups[1].Value, fact.Groups[2].Value);
        }
        return line switch
        {
            ['#', ' ', .. var words] => new(BlockKind.Heading, words),
            ['~', ' ', .. var words] => new(BlockKind.Small, words),
            _ => new(BlockKind.Paragraph, line),
        };
    }

    [GeneratedRegex(@"^\[(\[?)([^\[\]]+)\]?\]\((\{\w+\})\)$")]
    private static partial Regex Linked();

    [GeneratedRegex(@"^= (.*?)\s*(\{\w+\})$")]
    private static partial Regex Code();

    /// <summary>Up to the colon, before which French has a space.</summary>
    [GeneratedRegex(@"^- (.+?:)\s+(.+)$")]
    private static partial Regex Fact();
}
