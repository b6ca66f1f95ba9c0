"""Traditional characters of headings and choices in their simplified form; names are never converted.

Only characters whose simplified form our own headings and lists use: what is compared with them needs no other.
"""

_TRADITIONAL = (
    "並乾佈併來侷係俱倫備傢傳僕優兒內別則剋劃務勝勵匯區協參員問啓啟喪喫單噹國圖團埰執報場壯夥奬婦學實寧審"
    "寫寬尅專對導層屬崗幫幹幾庫廢廳廻強彆彙彞彥後徑從復悳態憑懃應懞戶掛採換撥擔據擬數於昇時晉曆曠書會東條"
    "業榮標機檔檢檯欄權欵歲歷歸決沒況涼測準溝溫滿漢烏無營爾狀獎獨獻現瑤產産畢當發眾睏硏碩確碼禮種稱節範簡"
    "簽籤糰紀約納紙級紮紹終組結絡統經綫維網線編緻縣總績織繫繼續罣羅羣習聯職聽臺與興舉菓葯蓆薦薩藍藥蘇蘭處"
    "虛號衆補製複覈見規視親計訊訓記訪註証評詞試話誌語說説課調談請論諾證議護變豐貝負貧貫責費資賚質賬賭跤跼"
    "踰車較輕輪轉辦農迴連週進過達違適選遼鄉醫釋銷錄錦錫録錶鎮鑲長門開間関閱閲闇關陞陽隊際險雜離難電項預頗"
    "領頭頸頻題額類風颱駐騰驗體髮鬆魯鮮麵黃點黨鼕齡齣龍"
)
_SIMPLIFIED = (
    "并干布并来局系具伦备家传仆优儿内别则克划务胜励汇区协参员问启启丧吃单当国图团采执报场壮伙奖妇学实宁审"
    "写宽克专对导层属岗帮干几库废厅回强别汇彝彦后径从复德态凭勤应蒙户挂采换拨担据拟数于升时晋历旷书会东条"
    "业荣标机档检台栏权款岁历归决没况凉测准沟温满汉乌无营尔状奖独献现瑶产产毕当发众困研硕确码礼种称节范简"
    "签签团纪约纳纸级扎绍终组结络统经线维网线编致县总绩织系继续挂罗群习联职听台与兴举果药席荐萨蓝药苏兰处"
    "虚号众补制复核见规视亲计讯训记访注证评词试话志语说说课调谈请论诺证议护变丰贝负贫贯责费资赉质账赌交局"
    "逾车较轻轮转办农回连周进过达违适选辽乡医释销录锦锡录表镇镶长门开间关阅阅暗关升阳队际险杂离难电项预颇"
    "领头颈频题额类风台驻腾验体发松鲁鲜面黄点党冬龄出龙"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a heading or a choice in simplified characters, to be compared with ours."""
    return text if text.isascii() else text.translate(_TABLE)
