using System.Text.RegularExpressions;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>
/// A mail as a language file says it, made into a template of two parts. A line is a block (<see cref="MailBlock"/>), <c>**these words**</c>
/// stand out, and <c>{name}</c> is the place of a value.
/// </summary>
internal static partial class MailText
{
    /// <summary>Ends a line inside of a block: a block whose value is missing is left out whole.</summary>
    public const char LineInside = '\v';

    public static MailSource Read(Language language, string kind)
    {
        var blocks = MailBlock.Read(language, language[$"mails.{kind}.text"]).ToList();
        return new MailSource(
            Marked(language[$"mails.{kind}.subject"]), Marked(language[$"mails.{kind}.preview"]), Plain(language, blocks), MailHtml.Of(language, blocks));
    }

    /// <summary>The places of values, as templates have them.</summary>
    public static string Marked(string text) => Place().Replace(text, "{{$1}}");

    private static string Plain(Language language, List<MailBlock> blocks)
    {
        var text = "";
        MailBlock? last = null;
        foreach (var block in blocks.Where(block => block.Kind != BlockKind.Heading))
        {
            text += (last, block) switch
            {
                (null, _) => "",
                ({ Kind: BlockKind.Fact }, { Kind: BlockKind.Fact }) => "\n",
                _ => "\n\n",
            };
            text += Plain(language, block);
            last = block;
        }
        return Marked(text) + "\n";
    }

    private static string Plain(Language language, MailBlock block) => block.Kind switch
    {
        BlockKind.Button or BlockKind.Link => $"{language.Fill("mails.common.label", ("label", block.Words))}{LineInside}{block.Value}",
        BlockKind.Code when block.Words.Length > 0 => $"{block.Words}{LineInside}{block.Value}",
        BlockKind.Code => block.Value,
        BlockKind.Fact => $"{block.Words} {block.Value}",
        _ => Strong().Replace(block.Words, "$1"),
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    public static partial Regex Place();

    [GeneratedRegex(@"\*\*(.+?)\*\*")]
    public static partial Regex Strong();
}
