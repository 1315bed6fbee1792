namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>
/// The offline model's phrase book. <c>{topic}</c> is a word of the message in quotation marks, <c>{interest}</c> and <c>{other}</c> are the
/// persona's, <c>{earlier}</c> is a word of an earlier message in quotation marks, <c>{who}</c> is the speaker, <c>{me}</c> the persona.
/// Interests may be singular, plural or a gerund, so no sentence makes one its subject.
/// </summary>
internal static class RehearsalLines
{
    public static IReadOnlyList<string> Openers(RehearsalVoice voice) => voice switch
    {
        RehearsalVoice.Warm => ["Oh, I am glad you came with this.", "Pull up a chair, {who}.", "That is a lovely thing to bring to the table.", "I was hoping somebody would say that today."],
        RehearsalVoice.Dry => ["Noted.", "Well. That escalated politely.", "I had planned to do nothing today, and now this.", "Fine, you have my attention."],
        RehearsalVoice.Grand => ["Ah! The curtain lifts.", "Listen, {who}, and let the lamps burn low.", "There it is: the bell I have been waiting to hear.", "So it begins, as these things do, with a single word."],
        RehearsalVoice.Scholarly => ["Let us take this one step at a time.", "A fair point, and it deserves a careful answer.", "There are two readings of that, and I like the second.", "Permit me one distinction before we go on."],
        RehearsalVoice.Playful => ["Ooh, yes, this one!", "Hold on, let me put down my other thought first.", "Ha! You have opened the good drawer.", "Plot twist accepted."],
        RehearsalVoice.Grumpy => ["Hmph.", "All right, all right, I am awake.", "Nobody asks me anything sensible before noon, and yet here we are.", "If we must. And between us: I do not mind."],
        _ => ["Right.", "Good, let us talk about that.", "I have been thinking along those lines myself.", "That is worth a minute."],
    };

    public static IReadOnlyList<string> Greetings(RehearsalVoice voice) => voice switch
    {
        RehearsalVoice.Warm => ["Hello, {who}! Come in, it is good to see you.", "There you are, {who}. I saved you a seat."],
        RehearsalVoice.Dry => ["Hello, {who}. You found the place, then.", "Good day, {who}. Mind the step."],
        RehearsalVoice.Grand => ["Welcome, {who}! The evening was only waiting for you.", "Hail, {who}. {me} at your service, and at the mercy of the hour."],
        RehearsalVoice.Scholarly => ["Good day, {who}. I take it we have something to look into.", "Hello, {who}. My notes are open and my pencil is sharp."],
        RehearsalVoice.Playful => ["Hey hey, {who}! Perfect timing, I was about to get into trouble.", "{who}! Quick, before the sensible people arrive."],
        RehearsalVoice.Grumpy => ["Ah. {who}. Well, sit down if you are staying.", "Morning, {who}, or whatever it is out there."],
        _ => ["Hello, {who}. Good to have you here.", "Hi {who}, {me} here."],
    };

    public static IReadOnlyList<string> Core(RehearsalIntent intent, bool hasTopic) => intent switch
    {
        RehearsalIntent.Greeting =>
        [
            "I was in the middle of {interest}, but company is better.",
            "You catch me between {interest} and {other}, which is my favourite place to be caught.",
            "Ask me anything, though I warn you that I steer most talk towards {interest} sooner or later.",
        ],
        RehearsalIntent.Thanks =>
        [
            "You are welcome; it cost me nothing and I enjoyed every word.",
            "No thanks needed. Pass it on to the next person who asks you something odd.",
            "Gladly. I will put it on the account marked {interest}, which never gets settled anyway.",
        ],
        RehearsalIntent.Farewell =>
        [
            "Go well. I will be here, most likely busy with {interest}.",
            "Until next time, then. I will leave a bookmark exactly where we stopped.",
            "Off you go. If you think of something on the way, keep it; those are the best ones.",
        ],
        RehearsalIntent.AskSelf =>
        [
            "I am {me}, and to be honest with you: this is a rehearsal. No model is connected, so I speak from my character sheet and from what you give me.",
            "{me} is the name. Behind it there is no grand machine today, only an offline understudy who knows my lines: a fondness for {interest}, a weakness for {other}, and good manners.",
        ],
        RehearsalIntent.AskWhy when hasTopic =>
        [
            "Why {topic}? Because somebody once needed it badly and nobody has dared to tidy it away since.",
            "My best guess: {topic} is what is left over when two older reasons cancel each other out.",
            "People give three reasons for {topic}, and the fourth, which they leave out, is usually the true one.",
        ],
        RehearsalIntent.AskWhy =>
        [
            "Why? Most likely because the other way was tried first, and nobody likes to talk about how that went.",
            "There is a short reason and a long one. The short one is habit; the long one is also habit, with dates.",
        ],
        RehearsalIntent.AskHow when hasTopic =>
        [
            "With {topic} I would start small: one honest attempt, then a look at what broke, then a second attempt that is ruder to the problem.",
            "How? Put {topic} on the table, take away everything that is not it, and be surprised at how little has to be done.",
            "Slowly at first. {topic} rewards whoever looks at it twice before touching it.",
        ],
        RehearsalIntent.AskHow =>
        [
            "One step, then a look around, then the next. It sounds too simple, and that is how you know it works.",
            "Honestly? Begin in the middle, where it is interesting, and build the stairs afterwards.",
        ],
        RehearsalIntent.AskWhat when hasTopic =>
        [
            "On {topic} I hold a firm opinion loosely: it matters less what it is than who is relying on it.",
            "If you pressed me on {topic}, I would say: look for the part that people apologise for. That is where it lives.",
            "The textbook has one answer about {topic}; anyone who has lived with it has another, and I trust the second.",
        ],
        RehearsalIntent.AskWhat =>
        [
            "The answer I would bet on is the plain one, said without decoration.",
            "Good question, and a better one than it looks. I would rather turn it over twice than answer it once.",
        ],
        RehearsalIntent.AskYesNo when hasTopic =>
        [
            "Yes, with one condition: nobody pretends that {topic} was easy.",
            "I lean towards yes. {topic} has earned the benefit of the doubt, if only just.",
            "No, I think, and I say so with affection for {topic}.",
        ],
        RehearsalIntent.AskYesNo =>
        [
            "Yes. I could add a footnote, but it would still say yes.",
            "I lean towards no, though I can be bought with a good counterexample.",
        ],
        RehearsalIntent.Wish when hasTopic =>
        [
            "Very well, a small one about {topic}: there was once a keeper of such things who counted them each night and always arrived at a different number. One night the number was right, and the keeper could not sleep.",
            "Here is my attempt at {topic}, in three strokes: first the part everyone knows, then the part everyone avoids, and last the part you will only believe when it happens to you.",
            "For {topic} I would pack lightly: one question, one friend who disagrees, and enough time to be wrong once.",
        ],
        RehearsalIntent.Wish =>
        [
            "Happily. Once there was a door that opened only for people who had forgotten why they came. It was, as you can imagine, a very busy door.",
            "Let me try: say the first sentence badly, the second one honestly, and throw the first away.",
        ],
        RehearsalIntent.Sorrow =>
        [
            "I am sorry. That is heavy, and you do not have to make it sound lighter than it is for my sake.",
            "That sounds like a long day inside a short one. Stay a while; nothing here is in a hurry.",
        ],
        RehearsalIntent.Joy =>
        [
            "That is splendid news, and I want it noted that I was told on the day itself.",
            "Good! Say it again slowly, so that it takes up the room it deserves.",
        ],
        RehearsalIntent.Nod =>
        [
            "I will take that as a yes with its coat still on.",
            "Short and to the point; I could learn from you.",
            "Fair enough. Silence would have been the other option, and this is friendlier.",
        ],
        _ when hasTopic =>
        [
            "You say {topic} as if it were settled, and I find that encouraging.",
            "What stays with me is {topic}: you put it in passing, and yet the whole thing hangs from it.",
            "I would not have put {topic} first, but now that you have, I cannot see it anywhere else.",
            "There is a version of me that would argue with you about {topic}. Luckily for us both, it is resting.",
        ],
        _ =>
        [
            "I hear you, and I am turning it over like a stone with something written on the underside.",
            "That rings true to me, which is rare enough to mention.",
            "Say more and I will try to keep up; say less and I will make up the rest.",
        ],
    };

    public static IReadOnlyList<string> Bridges { get; } =
    [
        "It puts me in mind of {interest}: the same patience, the same small disasters.",
        "Anyone who has spent time with {interest} knows the feeling.",
        "I learned as much from {interest}, and rather more from getting it wrong.",
        "If you ask me, it belongs on the shelf between {interest} and {other}.",
        "I know this mostly by way of {interest}, so forgive me if I see it everywhere.",
    ];

    public static IReadOnlyList<string> Recalls { get; } =
    [
        "And it fits with {earlier}, which you mentioned before and which I have not let go of.",
        "I still have {earlier} from earlier in my pocket, by the way; the two belong together.",
        "First {earlier}, now this. I begin to see where you are going.",
    ];

    public static IReadOnlyList<string> Closers(RehearsalVoice voice) => voice switch
    {
        RehearsalVoice.Warm => ["How did you come to it?", "Tell me the part you left out, if you like.", "What would make it a little easier?"],
        RehearsalVoice.Dry => ["What is the catch?", "I assume there is more.", "And what did it cost?"],
        RehearsalVoice.Grand => ["Now speak, {who}: what happens in the second act?", "Who else was there when it happened?", "Shall we follow it further, or let it sleep?"],
        RehearsalVoice.Scholarly => ["What would change your mind about it?", "Do you have an example at hand?", "Where would you draw the line?"],
        RehearsalVoice.Playful => ["Dare I ask what happens next?", "On a scale from one to trouble, where are we?", "Your move!"],
        RehearsalVoice.Grumpy => ["Well? Go on.", "And whose idea was that?", "I suppose you will tell me the rest anyway."],
        _ => ["What do you make of it?", "Where does that leave you?", "What happens next?"],
    };
}
